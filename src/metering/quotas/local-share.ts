import type { QuotaCharge, QuotaDecision } from '#contract'
import type { Quotas } from './quotas.js'

/** Decides with this node's share of each limit, at least one call where the limit allows any: what holds while the shared counters are gone. */
export function localShare(quotas: Quotas, share: number): Quotas['spend'] {
  const scaled = new WeakMap<QuotaCharge['rule'], QuotaCharge['rule']>()
  const scale = (rule: QuotaCharge['rule']) => {
    const known = scaled.get(rule)
    if (known !== undefined) return known
    const own = { ...rule, limit: Math.min(rule.limit, Math.max(1, Math.floor(rule.limit * share))) }
    scaled.set(rule, own)
    return own
  }
  return (charges, now) => {
    const decision = quotas.spend(
      charges.map(({ rule, subject }) => ({ rule: scale(rule), subject })),
      now,
    )
    return { ...decision, states: decision.states.map((state, index) => ({ ...state, ...ruleOf(charges[index]) })) }
  }
}

function ruleOf(charge: QuotaCharge | undefined): Pick<QuotaDecision['states'][number], 'rule'> | undefined {
  return charge && { rule: charge.rule }
}
