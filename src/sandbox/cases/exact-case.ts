import type { Json, JsonObject, SandboxCase } from '#contract'
import type { Call } from '../call.js'
import type { CaseMatcher } from './case-matcher.js'

/** The case whose parameters are those of the call and no other, whatever their case; what is ignored, empty or null does not count. */
export function createExactMatcher(cases: readonly SandboxCase[], ignored: readonly string[]): CaseMatcher {
  const exact = new Map<string, SandboxCase>()
  const others = new Map<string, SandboxCase>()
  for (const one of cases) {
    if (isForTheRest(one.file)) others.set(one.operation, one)
    const key = `${one.operation}?${paramsKey(one.params, ignored)}`
    if (!exact.has(key)) exact.set(key, one)
  }
  return {
    find: (call) => exact.get(`${call.request.operation.id}?${paramsKey(sentParams(call), ignored)}`) ?? null,
    otherwise: ({ request }) => others.get(request.operation.id) ?? null,
  }
}

/** Equal texts for parameters that mean the same call: names sorted, lists in their order, one value like a list of one. */
export function paramsKey(params: JsonObject, ignored: readonly string[]): string {
  const entries = Object.entries(params).flatMap(([name, value]) => {
    const plain = name.replace(/\[\]$/, '')
    const texts = textsOf(value)
    return ignored.includes(plain) || texts.length === 0
      ? []
      : [`${encodeURIComponent(plain)}=${texts.map((text) => encodeURIComponent(text)).join('&')}`]
  })
  return entries.toSorted().join(';').normalize('NFC')
}

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
