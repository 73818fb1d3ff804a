import { isDeepStrictEqual } from 'node:util'
import type { Json, SandboxCase } from '#contract'
import type { Call } from '../call.js'
import { valueAt } from '../simulation/template.js'

/**
 * The case that a call asks for: the one with the most parameters among those of its operation that agree on each of
 * theirs, the first written among equals. A parameter is looked for in the path, the query, then the body (a dotted path); null: it must be absent.
 */
export function createCaseMatcher(cases: readonly SandboxCase[]): (call: Call) => SandboxCase | null {
  const ranked = cases.toSorted((one, other) => Object.keys(other.params).length - Object.keys(one.params).length)
  return (call) =>
    ranked.find(
      ({ operation, params }) =>
        operation === call.request.operation.id &&
        Object.entries(params).every(([name, wanted]) => agrees(call, name, wanted)),
    ) ?? null
}

function agrees(call: Call, name: string, wanted: Json): boolean {
  const sent = sentValue(call, name)
  if (wanted === null || sent === undefined) return sent === undefined && wanted === null
  if (typeof wanted === 'object') return isDeepStrictEqual(sent, wanted)
  return typeof sent !== 'object' && String(sent) === String(wanted)
}

function sentValue(call: Call, name: string): Json | undefined {
  if (Object.hasOwn(call.path, name)) return call.path[name]
  const [value, ...more] = call.query.get(name) ?? call.query.get(`${name}[]`) ?? []
  if (value !== undefined) return more.length === 0 ? value : [value, ...more]
  return call.body.kind === 'json' ? valueAt(call.body.value, name) : undefined
}
