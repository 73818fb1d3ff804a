import type { QuotaState } from '#contract'
import { divideUp, type Plan } from './plan.js'
import type { SteadyTime } from './steady-time.js'

/** What one subject has spent under one rule. */
export interface Counter {
  readonly subject: string
  plan: Plan
  /** Bucket: units owed at `at`; fixed: calls in the window `at`. */
  spent: number
  /** Bucket: elapsed milliseconds; fixed: number of the window since the epoch. */
  at: number
  /** Counter of another rule with the same subject. */
  next: Counter | undefined
}

export function freshCounter(subject: string, plan: Plan, next: Counter | undefined): Counter {
  return { subject, plan, spent: 0, at: 0, next }
}

/** Brings the counter to the present. */
export function settle(counter: Counter, time: SteadyTime): void {
  if (counter.plan.bucket) {
    const owed = counter.spent - (time.elapsed - counter.at) * counter.plan.refill
    counter.spent = Math.max(0, owed)
    counter.at = time.elapsed
    return
  }
  const window = Math.floor(time.wall / counter.plan.periodMilliseconds)
  // A clock set back takes the count along: nothing is given away, and the wait is one window at most.
  if (window > counter.at) counter.spent = 0
  counter.at = window
}

/** Milliseconds until a call is admitted, 0 now. For a settled counter. */
export function waitOf(counter: Counter, time: SteadyTime): number {
  const { plan, spent } = counter
  if (plan.limit === 0) return plan.periodMilliseconds
  if (!plan.bucket) return spent < plan.limit ? 0 : windowRest(counter, time)
  const missing = spent + plan.cost - plan.capacity
  return missing <= 0 ? 0 : divideUp(missing, plan.refill) + time.lag
}

export function debit(counter: Counter): void {
  counter.spent += counter.plan.bucket ? counter.plan.cost : 1
}

export function stateOf(counter: Counter, time: SteadyTime): QuotaState {
  const { plan, spent } = counter
  if (!plan.bucket) {
    const resetMilliseconds = spent === 0 ? 0 : windowRest(counter, time)
    return { rule: plan.rule, remaining: Math.max(0, plan.limit - spent), resetMilliseconds }
  }
  const left = plan.capacity - spent
  const remaining = left <= 0 ? 0 : (left - (left % plan.cost)) / plan.cost
  const resetMilliseconds = spent === 0 ? 0 : divideUp(spent, plan.refill) + time.lag
  return { rule: plan.rule, remaining, resetMilliseconds }
}

/** For a settled counter: as much of its limit is spent as another's, elsewhere, is of its own. */
export function follow(counter: Counter, { rule, remaining, resetMilliseconds }: QuotaState): void {
  const { bucket, limit, refill, capacity } = counter.plan
  // Both are whole again at the same moment, whatever their limits.
  if (bucket) counter.spent = Math.min(capacity, resetMilliseconds * refill)
  else counter.spent = rule.limit === 0 ? 0 : divideUp((rule.limit - remaining) * limit, rule.limit)
}

export function owedBy({ plan, spent }: Counter): number {
  return plan.bucket ? divideUp(spent, plan.cost) : spent
}

/** Puts the counter under a changed rule of the same period and algorithm: what was spent stays spent, in calls. */
export function adopt(counter: Counter, plan: Plan): void {
  if (plan.bucket && plan.cost !== counter.plan.cost) {
    counter.spent = Math.ceil((counter.spent / counter.plan.cost) * plan.cost)
  }
  // A lowered limit must not make anybody wait longer than its own period.
  if (plan.bucket && counter.spent > plan.capacity) counter.spent = plan.capacity
  counter.plan = plan
}

function windowRest(counter: Counter, time: SteadyTime): number {
  return (counter.at + 1) * counter.plan.periodMilliseconds - time.wall + time.lag
}
