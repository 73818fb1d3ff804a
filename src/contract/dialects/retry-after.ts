import type { RefusalContext } from '../dialect.js'
import type { Refusal } from '../exchange.js'

/** Whole seconds, at least 1, for 429 and 503 (RFC 9110 section 10.2.3); null where waiting changes nothing. */
export function retryAfterSeconds(
  { status, detail }: Refusal,
  { quota }: Pick<RefusalContext, 'quota'>,
): number | null {
  if (status !== 429 && status !== 503) return null
  const told = status === 429 ? quota?.retryAfterSeconds : undefined
  const seconds = told ?? detail?.retryAfterSeconds
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : 1
}
