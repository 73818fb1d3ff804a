import type { ApiVersion, Operation } from '../api.js'
import type { Json } from '../json.js'
import { patternEngine } from '../linear-pattern.js'
import { isJsonMedia, responseKey } from '../reading/read-cases.js'
import { shown } from '../reading/shape-mistakes.js'
import type { Path } from '../reading/source.js'

/** What of a body breaks the contract: places and rules, never a value; null: nothing does. */
export type AnswerCheck = (body: Json) => string | null

/** Characters times instructions of the patterns, for one answer. */
const patternWorkMax = 5_000_000

/** Holds answers of an operation against the contract; each check is compiled when it is first asked for. */
export async function answerChecks(
  api: Pick<ApiVersion, 'document'>,
): Promise<(operation: Operation, status: number) => AnswerCheck> {
  // A validator takes a fifth of a second to load: an API without an adapter never pays for it.
  const [{ Ajv2020 }, { default: formats }, { tell }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    import('../reading/value-checker.js'),
  ])
  const patterns = patternEngine(patternWorkMax)
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false, code: { regExp: patterns } })
  formats.default(ajv)
  const known = new Map<string, AnswerCheck>()
  const { components = {} } = api.document
  return (operation, status) => {
    const key = `${operation.id} ${status}`
    const ready = known.get(key) ?? compile(operation, status)
    known.set(key, ready)
    return ready
  }

  function compile(operation: Operation, status: number): AnswerCheck {
    const response = operation.definition.responses?.[responseKey(operation, status) ?? '']
    const media = Object.entries(response?.content ?? {}).find(([type]) => isJsonMedia(type))?.[1]
    if (media?.schema === undefined) return () => null
    const valid = ajv.compile({ components, allOf: [media.schema] })
    const names = declaredNames([components, media.schema])
    return (body) => {
      patterns.renew()
      if (valid(body) === true) return null
      const [fault] = tell(valid.errors)
      return fault === undefined ? 'against the contract' : `"${shown(placeIn(names, fault.path))}": ${fault.reason}`
    }
  }
}

/** A name that the contract does not have may itself be somebody's: it is not told. */
const placeIn = (names: ReadonlySet<string>, path: Path): Path =>
  path.map((step) => (names.has(String(step)) ? step : '*'))

/** Names of properties anywhere in schemas. */
function declaredNames(schemas: readonly unknown[]): ReadonlySet<string> {
  const names = new Set<string>()
  const seen = new Set<object>()
  const rest: unknown[] = [...schemas]
  while (rest.length > 0) {
    const next = rest.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    const properties: unknown = Reflect.get(next, 'properties')
    if (typeof properties === 'object' && properties !== null)
      for (const name of Object.keys(properties)) names.add(name)
    rest.push(...Object.values(next))
  }
  return names
}
