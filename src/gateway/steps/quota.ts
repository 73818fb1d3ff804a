import { type QuotaDecision, type QuotaKey, type Refusal, type RefusalCode, refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import type { Step } from './step.js'

/** Every level in one decision: all charges are debited or none is. */
export const quotaStep: Step = (exchange, { spend, clock, charges }) => {
  const due = charges.of(exchange)
  if (due.length === 0) return null
  const decision = spend(due, clock())
  return decision instanceof Promise
    ? decision.then((decided) => accept(exchange, decided))
    : accept(exchange, decision)
}

function accept(exchange: Exchange, decision: QuotaDecision): Refusal | null {
  exchange.quota = decision
  if (decision.admitted) return null
  const rule = decision.states[decision.refusedBy ?? 0]?.rule
  return refusal(refusalCodes[rule?.key ?? 'api'], { retryAfterSeconds: decision.retryAfterSeconds ?? 1 })
}

const refusalCodes: { readonly [key in QuotaKey]: RefusalCode } = {
  api: 'quota/api',
  'application+api': 'quota/application',
  'application+operation': 'quota/operation',
  token: 'quota/token',
  'token+api': 'quota/token',
}
