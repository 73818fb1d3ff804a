import { z } from 'zod'
import { namesAt, schemaAtPointer } from '../adapter/schema-at-pointer.js'
import type { ApiVersion, Operation } from '../api.js'
import type { Mistake } from '../mistake.js'
import { suggestion } from './did-you-mean.js'
import { visitKeywords } from './keywords.js'
import type { ReadApi } from './read-api.js'
import { isJsonMedia } from './read-cases.js'
import { checkShape, mistakeAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'

const originShape = z
  .strictObject({
    api: z.string().min(1).describe('The API of the same platform, `code/version`.'),
    operation: z.string().min(1).describe('Its operationId.'),
    field: z.string().min(1).describe('The property of its answer.'),
  })
  .describe('The call whose answer holds the value: `{ api: code/version, operation: …, field: … }`.')

/** Each `x-obtained-from` of a contract, held against the versions of its platform. */
export function originMistakes(
  { api, raised }: Pick<ReadApi, 'api' | 'raised'>,
  apis: readonly ApiVersion[],
): readonly Mistake[] {
  // Few contracts have any: the others are not gone through for their places.
  if (api === null || !api.operations.some(namesAnOrigin)) return []
  const mistakes: Mistake[] = []
  visitKeywords(raised.value, (node, path) => {
    if (node[keyword] !== undefined) mistakes.push(...mistakesAt(raised, [...path, keyword], apis))
  })
  return mistakes
}

const keyword = 'x-obtained-from'
const namesAnOrigin = ({ definition }: Operation) =>
  (definition.parameters ?? []).some((parameter) => Object.hasOwn(parameter, keyword))

function mistakesAt(source: Source, at: Path, apis: readonly ApiVersion[]): readonly Mistake[] {
  const { value, mistakes } = checkShape(originShape, source, at)
  if (value === null) return mistakes
  const told = (key: keyof typeof value, reason: string, known: readonly string[]) => [
    ...mistakes,
    mistakeAt(source, [...at, key], { reason, mend: suggestion(value[key], known) }),
  ]
  const names = apis.map(nameOf)
  const api = apis.find((each) => nameOf(each) === value.api)
  if (api === undefined) return told('api', `the platform has no API "${value.api}"`, names)
  const ids = api.operations.map(({ id }) => id)
  const operation = api.operations.find(({ id }) => id === value.operation)
  if (operation === undefined) return told('operation', `"${value.api}" has no operation "${value.operation}"`, ids)
  const schemas = answersOf(operation)
  if (schemas.some((schema) => schemaAtPointer(schema, [value.field]) !== null)) return mistakes
  const fields = schemas.flatMap((schema) => namesAt(schema, []))
  return told('field', `no answer of "${value.operation}" holds "${value.field}"`, fields)
}

const nameOf = ({ code, version }: ApiVersion) => `${code}/${version}`

/** Schemas of its JSON answers that succeed. */
const answersOf = ({ definition }: Operation): readonly unknown[] =>
  Object.entries(definition.responses ?? {})
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) =>
      Object.entries(content).flatMap(([type, { schema }]) =>
        isJsonMedia(type) && schema !== undefined ? [schema] : [],
      ),
    )
