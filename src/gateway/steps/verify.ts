import { type Refusal, refusal, type Verified } from '#contract'
import type { Exchange } from '../exchange.js'
import { isWithin } from '../request/networks.js'
import type { Step } from './step.js'

/** Proves the credential, then that it is of this platform and realm, and used from where it may be; whether it is at its end, the step `expiry` tells. */
export const verifyStep: Step = (exchange, { verify, clock }) => {
  if (exchange.credential === null || exchange.route === null) return refusal('token/missing')
  const found = verify(exchange.credential, exchange.route.platform.id)
  return found instanceof Promise
    ? found.then((proven) => accept(exchange, proven, clock()))
    : accept(exchange, found, clock())
}

function accept(exchange: Exchange, answer: Verified | Refusal, now: number): Refusal | null {
  const refused = 'code' in answer ? answer : answer.expiresAt <= now ? expired : null
  const found = 'code' in answer ? answer.ended : answer
  if (found === undefined) return refused
  if (found.platform !== exchange.route?.platform.id) return refusal('token/foreign')
  if (found.realm !== undefined && found.realm !== exchange.api?.realm) return refusal('token/foreign')
  exchange.verified = found
  exchange.ended = refused
  if (found.networks !== undefined && !isWithin(found.networks, exchange.caller.address))
    return refusal('access/address')
  return null
}

const expired = refusal('token/invalid', { reason: 'expired' })
