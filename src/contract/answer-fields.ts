/**
 * Whether a field of an upstream's answer stays with the gateway: hop-by-hop fields (RFC 9110 section 7.6.1), cookies, what would act on the
 * whole origin, what tells of the software behind or asks for credentials that the caller has not (an upstream's challenge is for the
 * gateway), and what the gateway says itself: cross-origin rights, quotas, request id, content policy.
 */
export function staysBehind(name: string): boolean {
  const plain = plainName(name)
  return dropped.has(plain) || droppedFamilies.test(plain)
}

/** Whether a field says how the bytes of a body are read (RFC 9110 sections 8.4 and 8.6): who writes the bytes says it, nobody else. */
export const framesBody = (name: string): boolean => framing.has(plainName(name))

/** Some servers read `_` as `-`, and so may a client of theirs. */
const plainName = (name: string) => name.toLowerCase().replaceAll('_', '-')

const framing = new Set(['content-length', 'content-encoding'])

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
