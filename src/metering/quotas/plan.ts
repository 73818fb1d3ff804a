import type { QuotaRule } from '#contract'

/**
 * A rule in whole numbers, so that no rounding ever admits one call too many. A bucket owes `cost` units for each call,
 * pays `refill` units back each millisecond and holds `capacity` units; a fixed window lasts `periodMilliseconds`.
 */
export interface Plan {
  readonly rule: QuotaRule
  readonly bucket: boolean
  readonly limit: number
  readonly periodMilliseconds: number
  readonly cost: number
  readonly refill: number
  readonly capacity: number
}

/** Reads a rule; a limit that is no whole number counts as the next lower one, anything else that is wrong as 0, which refuses. */
export function planOf(rule: QuotaRule): Plan {
  const limit = wholeOrZero(rule.limit)
  const periodMilliseconds = Math.max(1, wholeOrZero(Math.ceil(rule.periodSeconds * 1000)))
  const { cost, refill } = rates(limit, periodMilliseconds)
  return {
    rule,
    bucket: rule.algorithm === 'bucket',
    limit,
    periodMilliseconds,
    cost,
    refill,
    capacity: limit * cost,
  }
}

/** Quotient rounded up; exact where a floating division would not be. */
export function divideUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor
  return (dividend - rest) / divisor + (rest > 0 ? 1 : 0)
}

function wholeOrZero(value: number): number {
  const whole = Math.floor(value)
  return Number.isSafeInteger(whole) && whole > 0 ? whole : 0
}

function rates(limit: number, period: number): { cost: number; refill: number } {
  if (limit === 0) return { cost: 1, refill: 1 }
  const divisor = greatestCommonDivisor(limit, period)
  const exact = { cost: period / divisor, refill: limit / divisor }
  if (Number.isSafeInteger(limit * exact.cost * 2)) return exact
  // Too large for exact integers: a little stricter than declared, never laxer.
  return limit <= period
    ? { cost: divideUp(period, limit), refill: 1 }
    : { cost: 1, refill: Math.floor(limit / period) }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
