import type { Mistake } from '../mistake.js'
import { formalMistakes, mistakesMax } from './formal-mistakes.js'
import { isRecord, visitKeywords } from './keywords.js'
import { locate } from './locate.js'
import { patternMistakes } from './pattern-mistakes.js'
import type { ReadApi } from './read-api.js'
import { isJsonMedia, type PlacedCase, responseKey } from './read-cases.js'
import { mistakeAt, shown, valueAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'
import { type ValueChecker, type ValueFault, valueChecker } from './value-checker.js'

/** The checks that need validators: the document against the official schema of OpenAPI, schemas, examples and sandbox payloads. */
export async function deepMistakes({ api, cases, document, raised, mistakes }: ReadApi): Promise<readonly Mistake[]> {
  if (!isRecord(raised.value) || mistakes.some(({ file }) => file === raised.file)) return []
  const formal = await formalMistakes(document)
  if (formal.length > 0 || api === null) return formal
  const patterns = patternMistakes(raised)
  if (patterns.length > 0) return patterns.slice(0, mistakesMax)
  const checker = valueChecker(raised.value)
  const schemas = schemaMistakes(raised, checker)
  if (schemas.length > 0) return schemas
  return [
    ...exampleMistakes(raised, checker),
    ...cases.flatMap((placed) => payloadMistakes(placed, { api, raised, checker })),
  ]
}

interface Telling {
  readonly what: string
  readonly mend: string
}

function told(source: Source, at: Path, faults: readonly ValueFault[], { what, mend }: Telling): readonly Mistake[] {
  return faults.slice(0, mistakesMax).map(({ path, reason }) => {
    const name = path.length === 0 ? '' : ` at "${shown(path)}"`
    return mistakeAt(source, [...at, ...path], { reason: `${what}${name}: ${reason}`, mend })
  })
}

function schemaMistakes(source: Source, checker: ValueChecker): readonly Mistake[] {
  const mistakes: Mistake[] = []
  visitKeywords(source.value, (node, path) => {
    const at =
      node.schema !== undefined ? [...path, 'schema'] : path.length === 3 && path[1] === 'schemas' ? path : null
    if (at === null) return
    mistakes.push(
      ...told(source, at, checker.schemaFaults(valueAt(source.value, at)), {
        what: 'the schema',
        mend: 'Correct the schema (JSON Schema 2020-12).',
      }),
    )
  })
  return mistakes.slice(0, mistakesMax)
}

/** `example` and `examples` wherever OpenAPI or JSON Schema has them. */
function exampleMistakes(source: Source, checker: ValueChecker): readonly Mistake[] {
  const mistakes: Mistake[] = []
  visitKeywords(source.value, (node, path) => {
    if (node.example === undefined && node.examples === undefined) return
    const schemaAt = node.schema !== undefined ? [...path, 'schema'] : isSchema(path) ? path : null
    if (schemaAt === null || isOtherMedia(path)) return
    for (const { at, value } of examplesOf(source.value, node, path)) {
      mistakes.push(
        ...told(source, at, checker.faults(schemaAt, value), {
          what: 'the example breaks its schema',
          mend: 'Correct the example, or the schema.',
        }),
      )
    }
  })
  return mistakes
}

function examplesOf(
  root: unknown,
  node: Readonly<Record<string, unknown>>,
  path: Path,
): readonly { readonly at: Path; readonly value: unknown }[] {
  const one = node.example === undefined ? [] : [{ at: [...path, 'example'], value: node.example }]
  if (Array.isArray(node.examples))
    return [...one, ...node.examples.map((value: unknown, index) => ({ at: [...path, 'examples', index], value }))]
  const named = isRecord(node.examples) ? Object.keys(node.examples) : []
  const many = named.flatMap((name) => {
    const at = locate(root, [...path, 'examples', name])
    const value = at === null ? undefined : valueAt(root, [...at, 'value'])
    return at === null || value === undefined ? [] : [{ at: [...at, 'value'], value }]
  })
  return [...one, ...many]
}

/** Below a schema, every object of keywords is a schema. */
const isSchema = (path: Path) => path.includes('schema') || (path[0] === 'components' && path[1] === 'schemas')
/** Text, CSV and the like are not held against JSON schemas. */
const isOtherMedia = (path: Path) => path.at(-2) === 'content' && !isJsonMedia(String(path.at(-1)))

interface Around {
  readonly api: NonNullable<ReadApi['api']>
  readonly raised: Source
  readonly checker: ValueChecker
}

function payloadMistakes({ value, source, at }: PlacedCase, { api, raised, checker }: Around): readonly Mistake[] {
  const operation = api.operations.find(({ id }) => id === value.operation)
  const key = operation === undefined ? null : responseKey(operation, value.status)
  if (operation === undefined || key === null || value.payload === undefined) return []
  const response = locate(raised.value, ['paths', operation.path, operation.method.toLowerCase(), 'responses', key])
  const content = response === null ? undefined : valueAt(raised.value, [...response, 'content'])
  const media = isRecord(content) ? Object.keys(content) : []
  if (media.length === 0) {
    return [
      mistakeAt(source, [...at, 'payload'], {
        reason: `the contract declares no body for the answer ${value.status} of "${operation.id}"`,
        mend: 'Remove the payload, or declare its content in the contract.',
      }),
    ]
  }
  const json = media.find(isJsonMedia)
  const schemaAt = response === null || json === undefined ? null : locate(raised.value, [...response, 'content', json])
  if (schemaAt === null || valueAt(raised.value, [...schemaAt, 'schema']) === undefined) return []
  return told(source, [...at, 'payload'], checker.faults([...schemaAt, 'schema'], value.payload), {
    what: `the payload breaks the contract (${operation.id}, ${value.status})`,
    mend: 'Correct the payload, or the contract.',
  })
}
