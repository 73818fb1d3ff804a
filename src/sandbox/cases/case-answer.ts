import type { Operation, SandboxCase, UpstreamResponse } from '#contract'

/** The answer of a case: the contract's JSON unless its headers say otherwise, in which case a payload that is a text leaves as it stands. */
export function caseAnswer({ status, payload, headers }: SandboxCase, operation: Operation): UpstreamResponse {
  const list = Object.entries(headers).flat()
  if (payload === undefined || status === 204 || status === 304) return { status, headers: list, body: null }
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const asItStands = typeof payload === 'string' && type !== undefined && !/json/i.test(type)
  const body = Buffer.from(asItStands ? payload : JSON.stringify(payload))
  return { status, headers: type === undefined ? [...list, 'Content-Type', jsonOf(operation, status)] : list, body }
}

/** The kind of JSON that the contract declares for this status, e.g. `application/vnd.api+json`. */
function jsonOf({ definition }: Operation, status: number): string {
  const declared = Object.keys(definition.responses?.[String(status)]?.content ?? {})
  return declared.find((type) => /^application\/([\w.-]+\+)?json\b/i.test(type)) ?? 'application/json'
}
