import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, SandboxCase } from '#contract'
import type { Call } from '../call.js'
import { isObject } from '../simulation/field.js'
import { valueAt } from '../simulation/template.js'
import type { CaseMatcher } from './case-matcher.js'

/**
 * The case that a call asks for: the one with the most parameters among those of its operation that agree on each of
 * theirs, the first written among equals. A parameter is looked for in the path, the query, then the body (a dotted path); null: it must be absent.
 */
export function createAgreeingMatcher(cases: readonly SandboxCase[]): CaseMatcher {
  const ranked = cases.toSorted((one, other) => Object.keys(other.params).length - Object.keys(one.params).length)
  return {
    find: (call) =>
      ranked.find(
        ({ operation, params }) =>
          operation === call.request.operation.id &&
          Object.entries(params).every(([name, wanted]) => agrees(call, name, wanted)),
      ) ?? null,
    otherwise: () => null,
  }
}

const agrees = (call: Call, name: string, wanted: Json): boolean => same(sentValue(call, name), wanted)

/** Objects agree when each named key does; lists agree entry by entry; scalars as text, since a query holds only text. */
function same(sent: Json | undefined, wanted: Json): boolean {
  if (wanted === null || sent === undefined || sent === null)
    return wanted === null && (sent === undefined || sent === null)
  if (isObject(wanted))
    return isObject(sent) && Object.entries(wanted).every(([key, value]) => same(own(sent, key), value))
  if (typeof wanted === 'object') return isDeepStrictEqual(sent, wanted)
  return typeof sent !== 'object' && String(sent) === String(wanted)
}

const own = (value: JsonObject, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined)

function sentValue(call: Call, name: string): Json | undefined {
  if (Object.hasOwn(call.path, name)) return call.path[name]
  const [value, ...more] = call.query.get(name) ?? call.query.get(`${name}[]`) ?? []
  if (value !== undefined) return more.length === 0 ? value : [value, ...more]
  return call.body.kind === 'json' ? valueAt(call.body.value, name) : undefined
}
