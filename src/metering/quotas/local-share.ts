import type { QuotaCharge, QuotaDecision, QuotaState } from '#contract'
import type { Quotas } from './quotas.js'

/** This node's share of each limit, at least one call where the limit allows any: what holds while the shared counters are gone. */
export interface LocalShare {
  spend: Quotas['spend']
  /** Takes its part of what the shared counters have told: whoever has spent all there starts with nothing here. */
  follow(charges: readonly QuotaCharge[], states: readonly QuotaState[], now: number): void
  /** Calls that may be spent here. */
  limitOf(charge: QuotaCharge): number
  /** Calls that are spent here and not paid back yet. */
  owed(charge: QuotaCharge, now: number): number
}

export function localShare(quotas: Quotas, share: number): LocalShare {
  const scaled = new WeakMap<QuotaCharge['rule'], QuotaCharge['rule']>()
  const scale = ({ rule, subject }: QuotaCharge): QuotaCharge => {
    const known = scaled.get(rule)
    if (known !== undefined) return { rule: known, subject }
    const own = { ...rule, limit: Math.min(rule.limit, Math.max(1, Math.floor(rule.limit * share))) }
    scaled.set(rule, own)
    return { rule: own, subject }
  }
  return {
    spend(charges, now) {
      const decision = quotas.spend(charges.map(scale), now)
      return { ...decision, states: decision.states.map((state, index) => ({ ...state, ...ruleOf(charges[index]) })) }
    },
    follow(charges, states, now) {
      for (let index = 0; index < charges.length; index += 1) {
        const charge = charges[index]
        const state = states[index]
        if (charge !== undefined && state !== undefined) quotas.follow(scale(charge), state, now)
      }
    },
    limitOf: (charge) => scale(charge).rule.limit,
    owed: (charge, now) => quotas.owed(scale(charge), now),
  }
}

function ruleOf(charge: QuotaCharge | undefined): Pick<QuotaDecision['states'][number], 'rule'> | undefined {
  return charge && { rule: charge.rule }
}
