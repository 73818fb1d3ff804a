/** Which headers of an upstream's answer a client may see; judged by name, each once. */
export type AnswerHeaderVerdict = (name: string) => boolean

/**
 * Leaves out hop-by-hop fields (RFC 9110 section 7.6.1), cookies, what would act on the whole origin, what tells of the software behind or
 * asks for credentials that the caller has not (an upstream's challenge is for the gateway),
 * and what the gateway says itself: cross-origin rights, quotas, request id, content policy.
 */
export function createAnswerHeaderVerdict(): AnswerHeaderVerdict {
  const known = new Map<string, boolean>()
  return (name) => {
    const verdict = known.get(name)
    if (verdict !== undefined) return verdict
    // Some servers read `_` as `-`, and so may a client of theirs.
    const lower = name.toLowerCase().replaceAll('_', '-')
    const passes = !dropped.has(lower) && !droppedFamilies.test(lower)
    if (known.size < namesMax) known.set(name, passes)
    return passes
  }
}

/** The upstream's headers that pass, in a new list to which ours are added. */
export function passAnswerHeaders(headers: readonly string[], passes: AnswerHeaderVerdict): string[] {
  const passed: string[] = []
  let named: Set<string> | null = null
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const value = headers[index + 1] ?? ''
    if (passes(name)) passed.push(name, value)
    else if (name.length === 10 && name.toLowerCase() === 'connection') named = namesIn(value, named)
  }
  return named === null ? passed : without(passed, named)
}

/** A 204 has no length (RFC 9110 section 8.6), whatever its upstream says. */
export function dropLength(headers: string[]): void {
  for (let index = headers.length - 2; index >= 0; index -= 2)
    if (headers[index]?.toLowerCase() === 'content-length') headers.splice(index, 2)
}

const namesMax = 1_000

const dropped = new Set(
  [
    'connection keep-alive te trailer transfer-encoding upgrade http2-settings via',
    'set-cookie set-cookie2 clear-site-data server x-powered-by x-aspnet-version x-aspnetmvc-version x-generator x-runtime',
    'alt-svc alternate-protocol strict-transport-security public-key-pins public-key-pins-report-only expect-ct nel report-to',
    'reporting-endpoints service-worker-allowed refresh x-request-id traceparent tracestate traceresponse x-content-type-options',
    'content-security-policy content-security-policy-report-only x-frame-options timing-allow-origin portique-identity',
    'www-authenticate authentication-info',
  ].flatMap((line) => line.split(' ')),
)
const droppedFamilies = /^(?:access-control-|proxy-|ratelimit|x-ratelimit-|x-rate-limit-|portique-)/

function namesIn(value: string, known: Set<string> | null): Set<string> | null {
  if (/^(?:keep-alive|close)$/i.test(value)) return known
  const names = known ?? new Set<string>()
  for (const name of value.split(',')) names.add(name.trim().toLowerCase())
  return names
}

/** The body's own fields stay, whatever `Connection` says of them: without them the answer would be read wrongly. */
function without(passed: readonly string[], named: ReadonlySet<string>): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < passed.length; index += 2) {
    const name = passed[index] ?? ''
    if (!named.has(name.toLowerCase()) || /^content-/i.test(name)) kept.push(name, passed[index + 1] ?? '')
  }
  return kept
}
