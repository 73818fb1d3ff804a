import type { UpstreamRequest } from '#contract'
import type { Exchange } from '../exchange.js'
import { parametersOf } from '../route/operations.js'
import { targetAfter } from '../route/target.js'
import { pushForwarded } from './forwarded.js'
import { passedForWhole } from './passed-for-whole.js'
import { dropHolding, withoutTokens } from './without-tokens.js'

/**
 * What the upstream is asked: the caller's request without its credentials and claims, with ours. Null when a step has not done its work.
 * `shaped`: scopes shape the answer, so it is asked for whole.
 */
export function upstreamRequest(exchange: Exchange, body: Uint8Array | null, shaped: boolean): UpstreamRequest | null {
  const { api, operation, verified, target, route, received, credential } = exchange
  if (api === null || operation === null || verified === null || target === null || route === null) return null
  const headers = [...(shaped ? passedForWhole(received) : received.passed)]
  if (received.tracestate !== null && received.traceparent !== null) headers.push('tracestate', received.tracestate)
  if (credential !== null) dropHolding(headers, credential.value)
  headers.push('X-Request-Id', exchange.requestId, 'traceparent', exchange.traceparent)
  pushForwarded(headers, exchange.caller, received.host)
  return {
    requestId: exchange.requestId,
    method: exchange.request.method ?? 'GET',
    target: withoutTokens(targetAfter(target.raw, route.depth), exchange),
    headers,
    body,
    api,
    environment: exchange.environment ?? verified.environment,
    operation,
    pathParameters: parametersOf(operation, target.segments, route.depth),
    verified,
    ...(exchange.unlessWritten === null ? {} : { unlessWritten: exchange.unlessWritten }),
  }
}
