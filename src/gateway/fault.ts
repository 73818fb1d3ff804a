import { refusal } from '#contract'
import type { Exchange } from './exchange.js'
import type { Machinery } from './machinery.js'
import { refuse } from './refuse.js'

/** The last resort: the operator reads what happened, the caller only that it did. */
export function fault(exchange: Exchange, error: unknown, machinery: Machinery): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  machinery.log.error('gateway/fault', { requestId: exchange.requestId, error: text })
  refuse(exchange, refusal('gateway/fault'), machinery)
}
