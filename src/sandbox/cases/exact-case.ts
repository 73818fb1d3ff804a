import type { Json, JsonObject, Operation, SandboxCase } from '#contract'
import type { Call } from '../call.js'
import type { CaseMatcher } from './case-matcher.js'

/** The case whose parameters are those of the call and no other, whatever their case; what is ignored, empty or null does not count. */
export function createExactMatcher(cases: readonly SandboxCase[], ignored: readonly string[]): CaseMatcher {
  const exact = new Map<string, SandboxCase>()
  const others = new Map<string, SandboxCase>()
  const named = new Set(cases.flatMap(({ params }) => Object.keys(params).map(plain)))
  // What neither the contract nor any case names would reach no provider: it changes nothing here either.
  const counts = (name: string, { definition }: Operation) =>
    named.has(plain(name)) || definition.parameters?.some((parameter) => plain(parameter.name) === plain(name)) === true
  const known = (call: Call): JsonObject =>
    Object.fromEntries(Object.entries(sentParams(call)).filter(([name]) => counts(name, call.request.operation)))
  for (const one of cases) {
    if (isForTheRest(one.file)) others.set(one.operation, one)
    const key = `${one.operation}?${paramsKey(one.params, ignored)}`
    if (!exact.has(key)) exact.set(key, one)
  }
  return {
    find: (call) => exact.get(`${call.request.operation.id}?${paramsKey(known(call), ignored)}`) ?? null,
    otherwise: ({ request }) => others.get(request.operation.id) ?? null,
  }
}

/** Equal texts for parameters that mean the same call: names sorted, lists in their order, one value like a list of one. */
export function paramsKey(params: JsonObject, ignored: readonly string[]): string {
  const entries = Object.entries(params).flatMap(([name, value]) => {
    const texts = textsOf(value)
    return ignored.includes(plain(name)) || texts.length === 0
      ? []
      : [`${encodeURIComponent(plain(name))}=${texts.map((text) => encodeURIComponent(text)).join('&')}`]
  })
  return entries.toSorted().join(';').normalize('NFC')
}

const plain = (name: string): string => name.replace(/\[\]$/, '')

const textsOf = (value: Json | undefined): readonly string[] => {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsOf(entry))
  return [(typeof value === 'object' ? JSON.stringify(value) : String(value)).normalize('NFC').toLowerCase()]
}

const sentParams = ({ query, path }: Call): JsonObject => {
  const sent = [...query].map(([name, values]): [string, Json] => [name, values])
  return { ...Object.fromEntries(sent), ...path }
}

/** `404.yaml` answers whatever no other file of its folder does. */
export const isForTheRest = (file: string) => /(^|\/)404\.ya?ml$/.test(file)
