import type { Refusal } from '#contract'
import { dropLength } from './answer/answer-headers.js'
import { breakOff } from './answer/break-off.js'
import { fixedFields } from './answer/fixed-fields.js'
import { languageOf } from './answer/language.js'
import { linger } from './answer/linger.js'
import { has, refusalHeaders } from './answer/refusal-answer.js'
import type { Exchange } from './exchange.js'
import type { Machinery } from './machinery.js'
import type { FieldBlock } from './wire/field-block.js'

/** Answers with a refusal in the platform's own words; once an answer has begun, breaks it off instead. */
export function refuse(exchange: Exchange, refused: Refusal, machinery: Machinery) {
  const { response, request, body, bodyUnread } = exchange
  if (exchange.closed) return
  exchange.refusal = refused
  // Saying no takes none of the application's places.
  machinery.loads.leave(exchange)
  if (response.headersSent) {
    exchange.broken = true
    return breakOff(response)
  }
  exchange.status = refused.status
  const answer = exchange.dialect.refuse(refused, {
    requestId: exchange.requestId,
    language: languageOf(exchange.received.acceptLanguage),
    api: exchange.api,
    quota: exchange.quota,
    problemsUrl: machinery.settings.problemsUrl,
  })
  exchange.status = answer.status
  const headers = refusalHeaders(refused, answer)
  // As an answer that a provider gave to HEAD: no length of a body that nobody wrote (RFC 9110 section 9.3.2).
  if (request.method === 'HEAD' && refused.code.startsWith('upstream/')) dropLength(headers)
  headers.push(...fixedOf(exchange).fields, ...ownOf(exchange, headers))
  if (bodyUnread || machinery.stopping()) headers.push('Connection', 'close')
  response.writeHead(answer.status, headers)
  if (answer.body !== null && request.method !== 'HEAD') {
    exchange.responseBytes = answer.body.length
    response.write(answer.body)
  }
  if (bodyUnread && body !== null && !exchange.received.expectsContinue) linger(body.stream, response, machinery)
  else response.end()
}

/** What every answer of ours carries, refused or not, whatever the call. */
export const fixedOf = ({ plan, corsHeaders, peer }: Exchange): FieldBlock =>
  (plan?.fixedFields ?? fixedWithoutApi)(corsHeaders, peer.secure)

const fixedWithoutApi = fixedFields([])

/** What every answer of ours says of its call; `headers`: what it says already. */
export function ownOf(exchange: Exchange, headers: readonly string[]): string[] {
  const own = ['X-Request-Id', exchange.requestId, 'traceparent', exchange.traceparent]
  if (exchange.quota === null) return own
  const limits = exchange.dialect.limits(exchange.quota, exchange.startedAt)
  if (!has(headers, limits[0]?.toLowerCase() ?? '')) for (const part of limits) own.push(part)
  return own
}
