import type { QuotaCharge, QuotaRule } from '#contract'

/** The declared algorithms told as slowly and plainly as can be, over the whole history in exact integers: what the tests compare with. */
export interface NaiveQuotas {
  /** Debits every charge, or none. */
  admits(charges: readonly QuotaCharge[], now: number): boolean
}

export function naiveQuotas(): NaiveQuotas {
  const history = new Map<string, number[]>()
  return {
    admits(charges, now) {
      const past = charges.map((charge) => history.get(keyOf(charge)) ?? [])
      const admitted = charges.every((charge, index) => hasRoom(charge.rule, past[index] ?? [], now))
      if (admitted) charges.forEach((charge, index) => void history.set(keyOf(charge), [...(past[index] ?? []), now]))
      return admitted
    },
  }
}

function keyOf({ subject, rule }: QuotaCharge): string {
  return `${subject} ${rule.periodSeconds} ${rule.algorithm}`
}

function hasRoom(rule: QuotaRule, past: readonly number[], now: number): boolean {
  return rule.algorithm === 'fixed' ? roomInWindow(rule, past, now) : roomInBucket(rule, past, now)
}

function roomInWindow(rule: QuotaRule, past: readonly number[], now: number): boolean {
  const window = (at: number) => Math.floor(at / (rule.periodSeconds * 1000))
  return past.filter((at) => window(at) === window(now)).length < rule.limit
}

/** Levels in units of 1/period of a call, so that everything is whole. */
function roomInBucket(rule: QuotaRule, past: readonly number[], now: number): boolean {
  const period = BigInt(rule.periodSeconds * 1000)
  const limit = BigInt(rule.limit)
  const full = limit * period
  let level = full
  let before = past[0] ?? now
  const refill = (at: number) => {
    level += BigInt(at - before) * limit
    if (level > full) level = full
    before = at
  }
  for (const at of past) {
    refill(at)
    level -= period
  }
  refill(now)
  return level >= period
}
