import { type ApiVersion, type OwnAnswer, type Refusal, refusal, type UpstreamResponse } from '#contract'
import type { Exchange } from '../exchange.js'
import { bouquets } from './bouquets.js'
import { documentAnswer, jsonAnswer } from './documents.js'
import { errorCodes } from './error-codes.js'
import { pingAnswer, pingList } from './pings.js'
import type { Pulse } from './pulse.js'
import { tokenAnswer } from './token-answer.js'

export interface OwnAnswersNeeds {
  readonly apis: () => readonly ApiVersion[]
  readonly pulse: Pulse
  readonly clock: () => number
}

/** What the gateway itself answers, as the operation's `x-answer` says. */
export type OwnAnswers = (exchange: Exchange) => UpstreamResponse | Refusal

export function createOwnAnswers({ apis, pulse, clock }: OwnAnswersNeeds): OwnAnswers {
  const bouquet = bouquets()
  const of = (exchange: Exchange, answer: OwnAnswer): UpstreamResponse | Refusal => {
    const { route, dialect, verified } = exchange
    if (route === null) return refusal('route/unknown-api')
    const own = apis().filter(({ platform }) => platform === route.platform.id)
    if ('fixed' in answer) return jsonAnswer(200, answer.fixed)
    if ('token' in answer) return verified === null ? refusal('token/missing') : tokenAnswer(answer.token, verified)
    if ('pings' in answer) return jsonAnswer(200, pingList(exchange, own, answer.pings.address))
    if ('ping' in answer)
      return pingAnswer(exchange, { apis: own, pulse, now: clock(), parameter: answer.ping.provider })
    if ('errors' in answer) return documentAnswer(exchange, errorCodes(dialect, own))
    return documentAnswer(exchange, bouquet(exchange, own, answer.openapi.versions))
  }
  return (exchange) => {
    const answer = exchange.operation?.definition['x-answer']
    return answer === undefined ? refusal('gateway/fault') : of(exchange, answer)
  }
}
