import type { Credential, Dialect, UpstreamRequest } from '#contract'
import type { Exchange } from '../exchange.js'
import { parametersOf } from '../route/operations.js'
import { targetAfter } from '../route/target.js'
import { pushForwarded } from './forwarded.js'
import { passedForWhole } from './passed-for-whole.js'

/**
 * What the upstream is asked: the caller's request without its credentials and claims, with ours. Null when a step has not done its work.
 * `shaped`: scopes shape the answer, so it is asked for whole.
 */
export function upstreamRequest(exchange: Exchange, body: Uint8Array | null, shaped: boolean): UpstreamRequest | null {
  const { api, operation, verified, target, route, received, credential } = exchange
  if (api === null || operation === null || verified === null || target === null || route === null) return null
  const headers = [...(shaped ? passedForWhole(received) : received.passed)]
  if (credential?.kind === 'api-key') dropValue(headers, credential.value)
  headers.push('X-Request-Id', exchange.requestId, 'traceparent', exchange.traceparent)
  if (received.tracestate !== null && received.traceparent !== null) headers.push('tracestate', received.tracestate)
  pushForwarded(headers, exchange.caller, received.host)
  const resource = targetAfter(target.raw, route.depth)
  return {
    requestId: exchange.requestId,
    method: exchange.request.method ?? 'GET',
    target: withoutToken(
      credential?.kind === 'query' ? withoutCredential(resource, credential) : resource,
      exchange.dialect,
    ),
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

/** A platform may read its key from a header of its own name. */
function dropValue(headers: string[], value: string): void {
  for (let index = headers.length - 2; index >= 0; index -= 2)
    if (headers[index + 1] === value) headers.splice(index, 2)
}

/** The one parameter that held the credential goes; the others stay byte for byte. */
function withoutCredential(target: string, { value }: Credential): string {
  const mark = target.indexOf('?')
  if (mark < 0) return target
  const kept = target
    .slice(mark + 1)
    .split('&')
    .filter((pair) => decodeURIComponent(pair.slice(pair.indexOf('=') + 1).replaceAll('+', ' ')) !== value)
  return kept.length === 0 ? target.slice(0, mark) : `${target.slice(0, mark)}?${kept.join('&')}`
}

/** A token that came beside a better credential is no less a token. */
function withoutToken(target: string, { tokenParameter }: Dialect): string {
  const mark = tokenParameter === undefined ? -1 : target.indexOf('?')
  if (mark < 0) return target
  const kept = target
    .slice(mark + 1)
    .split('&')
    .filter((pair) => !new URLSearchParams(pair).has(tokenParameter ?? ''))
  return kept.length === 0 ? target.slice(0, mark) : `${target.slice(0, mark)}?${kept.join('&')}`
}
