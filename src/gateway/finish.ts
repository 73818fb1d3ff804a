import { type FinishedExchange, refusal } from '#contract'
import type { Exchange } from './exchange.js'
import type { Machinery } from './machinery.js'
import { owesEvidence } from './owes-evidence.js'
import { personalFacts } from './personal-facts.js'

/** nginx's number for a client that left before its answer; no standard has one. */
const clientLeft = 499
const wellFormedId = /^[\w.:-]{1,128}$/

/** The end of an exchange, whichever way it came: lets go of what it held, records it once. */
export function finish(exchange: Exchange, machinery: Machinery, over: () => void): void {
  if (exchange.closed) return
  exchange.closed = true
  const told = finished(exchange, machinery)
  if (!exchange.response.writableFinished) exchange.underWay?.cancel()
  machinery.loads.leave(exchange)
  if (exchange.flight !== null) void machinery.steps.flights.end(exchange.flight)
  recordUsage(told, machinery)
  if (!exchange.traced && owesEvidence(exchange) && machinery.keepsRefusal(exchange.verified?.applicationId ?? ''))
    void recordEvidence(exchange, machinery)
  over()
}

/** The trace of a call for personal data is committed before its answer leaves; false when it could not be kept. */
export async function recordEvidence(exchange: Exchange, machinery: Machinery): Promise<boolean> {
  exchange.traced = true
  try {
    await machinery.keepEvidence(finished(exchange, machinery))
    return true
  } catch (error) {
    machinery.log.error('gateway/evidence-lost', { requestId: exchange.requestId, error: String(error) })
    return false
  }
}

function recordUsage(exchange: FinishedExchange, { record, log }: Machinery): void {
  try {
    record(exchange)
  } catch (error) {
    log.error('gateway/record-lost', { requestId: exchange.requestId, error: String(error) })
  }
}

const brokenOff = refusal('upstream/broken')

function finished(exchange: Exchange, { watch, hashPerson }: Machinery): FinishedExchange {
  const { received, verified, api, broken, response } = exchange
  // The head of an answer that broke off may have said 200; what came of the call is something else.
  const refused = exchange.refusal ?? (broken ? brokenOff : null)
  const status = broken && refused !== null ? refused.status : exchange.status
  const own = received.clientRequestId
  exchange.personal ??= personalFacts(exchange, hashPerson)
  const { personal } = exchange
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
    person: personal.person,
    recipient: personal.recipient,
    fields: exchange.fields,
    status: status === 0 ? clientLeft : status,
    refusal: refused?.code ?? null,
    quota: exchange.quota,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    complete: response.writableFinished && !broken,
  }
  return own !== null && wellFormedId.test(own) ? { ...facts, clientRequestId: own } : facts
}
