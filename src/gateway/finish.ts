import type { FinishedExchange } from '#contract'
import type { Exchange } from './exchange.js'
import type { Machinery } from './machinery.js'
import { personalFacts } from './personal-facts.js'

/** nginx's number for a client that left before its answer; no standard has one. */
const clientLeft = 499
const wellFormedId = /^[\w.:-]{1,128}$/

/** The end of an exchange, whichever way it came: lets go of what it held, records it once. */
export function finish(exchange: Exchange, machinery: Machinery, over: () => void): void {
  if (exchange.closed) return
  exchange.closed = true
  const complete = exchange.response.writableFinished && !exchange.broken
  if (!exchange.response.writableFinished) exchange.underWay?.cancel()
  machinery.loads.leave(exchange)
  if (exchange.flight !== null) void machinery.steps.flights.end(exchange.flight)
  if (!exchange.recorded) recordUsage(finished(exchange, machinery, complete), exchange, machinery)
  over()
}

/** The trace of a call for personal data is committed before its answer leaves; false when it could not be kept. */
export async function recordEvidence(exchange: Exchange, machinery: Machinery): Promise<boolean> {
  exchange.recorded = true
  try {
    await machinery.record(finished(exchange, machinery, true))
    return true
  } catch (error) {
    machinery.log.error('gateway/evidence-lost', { requestId: exchange.requestId, error: String(error) })
    return false
  }
}

function recordUsage(exchange: FinishedExchange, { requestId }: Exchange, { record, log }: Machinery): void {
  const lost = (error: unknown) => log.error('gateway/record-lost', { requestId, error: String(error) })
  try {
    const kept = record(exchange)
    if (kept instanceof Promise) kept.catch(lost)
  } catch (error) {
    lost(error)
  }
}

function finished(exchange: Exchange, { watch, hashPerson }: Machinery, complete: boolean): FinishedExchange {
  const { received, verified, api } = exchange
  const own = received.clientRequestId
  const facts: FinishedExchange = {
    requestId: exchange.requestId,
    startedAt: exchange.startedAt,
    durationMilliseconds: watch.now() - exchange.startedTick,
    upstreamMilliseconds: exchange.upstreamMilliseconds,
    method: exchange.request.method ?? '',
    api,
    operation: exchange.operation,
    environment: exchange.environment ?? verified?.environment ?? null,
    applicationId: verified?.applicationId ?? null,
    tokenId: verified?.tokenId ?? null,
    tokenName: verified?.tokenName ?? null,
    habilitationId: verified?.habilitationId ?? null,
    ...personalFacts(exchange, hashPerson),
    fields: exchange.fields,
    status: exchange.status === 0 ? clientLeft : exchange.status,
    refusal: exchange.refusal?.code ?? null,
    quota: exchange.quota,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    complete,
  }
  return own !== null && wellFormedId.test(own) ? { ...facts, clientRequestId: own } : facts
}
