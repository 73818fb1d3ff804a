/** Trace Context header: `00-<trace>-<span>-<flags>`, all zeroes excepted (W3C Trace Context section 3.2.2). */
const wellFormed = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

/** Keeps the caller's trace when it sends a valid one, else the request begins its own; the span is always new. */
export function traceparentFor(id: string, received: string | null): string {
  const given = received === null ? null : wellFormed.exec(received)
  return given === null ? `00-${id.slice(0, 32)}-${id.slice(32)}-00` : `00-${given[1]}-${id.slice(32)}-${given[2]}`
}
