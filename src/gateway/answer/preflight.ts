import { refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import type { Machinery } from '../machinery.js'
import { refuse } from '../refuse.js'
import { judgeOrigin, preflightHeaders } from './cors.js'
import { guardingHeaders } from './guarding-headers.js'

/** A browser's question before a call (Fetch standard, "CORS preflight"): it carries no token, so none is asked for. */
export function answerPreflight(exchange: Exchange, machinery: Machinery) {
  const { api, received, response } = exchange
  const profile = api?.cors ?? null
  const verdict = profile === null ? null : judgeOrigin(profile, received.origin, received.host)
  if (profile === null || verdict?.allowed !== true)
    return refuse(exchange, refusal('request/origin', { preflight: true }), machinery)
  exchange.status = 204
  response.writeHead(204, [
    ...preflightHeaders(profile, verdict),
    ...guardingHeaders,
    'X-Request-Id',
    exchange.requestId,
  ])
  response.end()
}
