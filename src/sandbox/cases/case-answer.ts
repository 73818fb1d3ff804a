import { isDeepStrictEqual } from 'node:util'
import { framesBody, type Operation, type SandboxCase, type UpstreamResponse } from '#contract'

/** The answer of a case: the contract's JSON unless its headers say otherwise, in which case a payload that is a text leaves as it stands. */
export function caseAnswer(written: SandboxCase, operation: Operation): UpstreamResponse {
  const { status, payload, headers } = written
  // A case may be kept from before its file was refused for them.
  const list = Object.entries(headers).flatMap(([name, value]) => (framesBody(name) ? [] : [name, value]))
  if (payload === undefined || status === 204 || status === 304) return { status, headers: list, body: null }
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const asItStands = typeof payload === 'string' && type !== undefined && !/json/i.test(type)
  const body = Buffer.from(asItStands ? payload : JSON.stringify(payload))
  return { status, headers: type === undefined ? [...list, 'Content-Type', jsonOf(operation, written)] : list, body }
}

/** The kind of JSON that the contract declares for this status: where there are several, the one whose examples show this payload, else the first. */
function jsonOf({ definition }: Operation, { status, payload }: SandboxCase): string {
  const content = definition.responses?.[String(status)]?.content ?? {}
  const declared = Object.keys(content).filter((type) => /^application\/([\w.-]+\+)?json\b/i.test(type))
  const shows = (type: string) =>
    Object.values(content[type]?.examples ?? {}).some(({ value }) => isDeepStrictEqual(value, payload))
  return (declared.length > 1 ? declared.find(shows) : undefined) ?? declared[0] ?? 'application/json'
}
