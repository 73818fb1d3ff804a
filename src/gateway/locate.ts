import { type Refusal, refusal } from '#contract'
import { judgeOrigin } from './answer/cors.js'
import type { Exchange } from './exchange.js'
import type { Machinery } from './machinery.js'
import type { Address, Unreadable } from './route/address.js'

/** Takes up the API version that the address names; from here on the platform's dialect speaks. */
export function locate(exchange: Exchange, address: Address | Unreadable | null, machinery: Machinery): Refusal | null {
  if (address === null) return refusal('route/unknown-api')
  if ('mistake' in address) {
    exchange.dialect = machinery.dialectOf(address.near.platform.dialect)
    exchange.api = address.near.api
    return refusal(address.mistake)
  }
  const { target, route } = address
  exchange.target = target
  exchange.route = route
  exchange.dialect = machinery.dialectOf(route.platform.dialect)
  if (route.gone !== null) return refusal('route/retired', { gone: route.gone.text.fr })
  if (route.api === null) return refusal('route/unknown-api')
  exchange.api = route.api
  exchange.plan = machinery.planOf(route.api)
  exchange.environment = route.environment
  return checkOrigin(exchange)
}

/** An origin that the provider did not name is refused on the call itself, not only where a browser asks first. */
function checkOrigin(exchange: Exchange): Refusal | null {
  const cors = exchange.api?.cors ?? null
  if (cors === null) return null
  const verdict = judgeOrigin(cors, exchange.received.origin, exchange.received.host)
  exchange.corsHeaders = verdict.headers
  return verdict.allowed ? null : refusal('request/origin')
}
