import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { issueMessage, type Mistake, type Operation } from '#contract'
import { type SimulationDeclaration, simulationShape } from './simulation-shape.js'

export type ReadSimulation =
  | { readonly declaration: SimulationDeclaration; readonly mistakes: readonly [] }
  | { readonly declaration: null; readonly mistakes: readonly Mistake[] }

type Path = readonly PropertyKey[]
type Named = Pick<Operation, 'id' | 'method' | 'path'>

const reference = 'docs/reference/simulation.md'

/** Reads a `simulation.yaml`, or tells all its mistakes at once. `operations` are the contract's, when known. */
export function readSimulation(file: string, text: string, operations?: readonly Named[]): ReadSimulation {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const refused = (mistakes: readonly Mistake[]): ReadSimulation => ({ declaration: null, mistakes })
  if (document.errors.length > 0)
    return refused(
      document.errors.map((error) => ({ ...at(error.pos[0]), reason: error.message, mend: 'Correct the YAML.' })),
    )
  const place = (path: Path) => at(offsetOf(document, path))
  const read = simulationShape.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (!read.success) return refused(read.error.issues.flatMap((issue) => explain(issue, place)))
  const crossed = crossMistakes(read.data, operations).map(({ path, reason, mend }) => ({
    ...place(path),
    reason,
    mend,
  }))
  return crossed.length > 0 ? refused(crossed) : { declaration: read.data, mistakes: [] }
}

/** Where the key of a path stands, or the nearest thing above it. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = document.getIn(path.slice(0, length - 1), true)
    const name = String(path[length - 1])
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined
    const found: unknown = pair?.key ?? (isSeq(parent) ? parent.items[Number(name)] : undefined)
    if (isNode(found) && found.range) return found.range[0]
  }
  return 0
}

function explain(issue: z.core.$ZodIssue, place: (path: Path) => Omit<Mistake, 'reason' | 'mend'>): Mistake[] {
  const mend = `See ${reference}.`
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      ...place([...issue.path, key]),
      reason: `unknown key "${[...issue.path, key].join('.')}"`,
      mend: `Remove it, or correct its spelling. ${mend}`,
    }))
  const name = issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`
  return [{ ...place(issue.path), reason: `${name}: ${issueMessage(issue)}`, mend }]
}

interface Crossed {
  readonly path: Path
  readonly reason: string
  readonly mend: string
}

/** What a shape cannot say: names that must exist, expressions that must compile. */
function crossMistakes(
  declaration: SimulationDeclaration,
  operations: readonly Named[] | undefined,
): readonly Crossed[] {
  const found: Crossed[] = []
  const datasets = Object.keys(declaration.datasets)
  const known = (operations ?? []).flatMap((operation) => [`${operation.method} ${operation.path}`, operation.id])
  walk(declaration, [], (path, key, value) => {
    if (key === 'dataset' && typeof value === 'string' && !datasets.includes(value))
      found.push({ path, reason: `unknown dataset "${value}"`, mend: `Declared here: ${datasets.join(', ')}.` })
    if ((key === 'pattern' || key === 'match') && typeof value === 'string' && !compiles(value))
      found.push({ path, reason: `not a regular expression: ${value}`, mend: 'Correct it (JavaScript, flag u).' })
  })
  for (const [id, operation] of Object.entries(declaration.operations)) {
    const path = ['operations', id]
    if (Object.values(operation).filter((kind) => kind !== undefined).length !== 1)
      found.push({
        path,
        reason: `"${id}" has not exactly one kind`,
        mend: 'Give it `collection`, `prediction`, `persona` or `people`.',
      })
    if (operations !== undefined && !known.includes(id))
      found.push({
        path,
        reason: `the contract has no operation "${id}"`,
        mend: `Known here: ${known.join(', ')}.`,
      })
    found.push(...parameterMistakes(operation, path))
  }
  return found
}

function parameterMistakes(
  { collection, prediction, people }: SimulationDeclaration['operations'][string],
  path: Path,
): Crossed[] {
  const parameters = (collection ?? prediction ?? people)?.parameters ?? {}
  const kind = collection !== undefined ? 'collection' : people !== undefined ? 'people' : 'prediction'
  const known = Object.keys(parameters)
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    [...parameter.needs, ...(parameter.notAfter === undefined ? [] : [parameter.notAfter])]
      .filter((other) => !known.includes(other))
      .map((other) => ({
        path: [...path, kind, 'parameters', name],
        reason: `"${name}" names the parameter "${other}", which is not declared`,
        mend: `Declared here: ${known.join(', ')}.`,
      })),
  )
}

function compiles(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

function walk(value: unknown, path: Path, visit: (path: Path, key: PropertyKey, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    visit([...path, key], key, inner)
    walk(inner, [...path, key], visit)
  }
}
