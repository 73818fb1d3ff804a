import type { QuotaCharge, QuotaRule } from '#contract'
import { adopt, type Counter, freshCounter, settle } from './counter.js'
import { type Plan, planOf } from './plan.js'
import type { SteadyTime } from './steady-time.js'

/** How many subjects are looked at for each new one, and at most when there is no room left. */
const lookPerNewcomer = 2
const lookWhenFull = 512

/** All counters of this node, at most `capacity` of them. Only whole ones, which know nothing that a fresh one does not, are ever dropped. */
export class Counters {
  readonly #capacity: number
  readonly #time: SteadyTime
  readonly #bySubject = new Map<string, Counter>()
  readonly #plans = new WeakMap<QuotaRule, Plan>()
  #hand: Iterator<Counter> = this.#bySubject.values()
  #size = 0
  #newcomers = 0

  constructor(capacity: number, time: SteadyTime) {
    this.#capacity = capacity
    this.#time = time
  }

  get size(): number {
    return this.#size
  }

  /** Before a decision, never within one: a counter just found must not be dropped before it is debited. */
  makeRoom(count: number): void {
    if (this.#size + count > this.#capacity) this.sweep(lookWhenFull)
    else if (this.#newcomers > 0) this.sweep(this.#newcomers * lookPerNewcomer)
    this.#newcomers = 0
  }

  /** The settled counter of this charge; undefined when there is no room for a new one. */
  find(charge: QuotaCharge): Counter | undefined {
    const { rule } = charge
    const first = this.#bySubject.get(charge.subject)
    let counter = first
    while (counter !== undefined && !matches(counter, rule)) counter = counter.next
    if (counter === undefined) return this.#add(charge, first)
    settle(counter, this.#time)
    if (counter.plan.rule !== rule) adopt(counter, this.plan(rule))
    return counter
  }

  plan(rule: QuotaRule): Plan {
    let plan = this.#plans.get(rule)
    if (plan === undefined) {
      plan = planOf(rule)
      this.#plans.set(rule, plan)
    }
    return plan
  }

  /** Looks at up to `count` subjects, where the last look ended, and drops those whose counters are all whole. */
  sweep(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      const step = this.#hand.next()
      if (step.done) {
        this.#hand = this.#bySubject.values()
        return
      }
      this.#dropIfWhole(step.value)
    }
  }

  #add(charge: QuotaCharge, first: Counter | undefined): Counter | undefined {
    if (this.#size >= this.#capacity) return undefined
    const counter = freshCounter(charge.subject, this.plan(charge.rule), undefined)
    settle(counter, this.#time)
    if (first === undefined) this.#bySubject.set(charge.subject, counter)
    else {
      counter.next = first.next
      first.next = counter
    }
    this.#size += 1
    this.#newcomers += 1
    return counter
  }

  #dropIfWhole(first: Counter): void {
    let length = 0
    for (let counter: Counter | undefined = first; counter !== undefined; counter = counter.next) {
      settle(counter, this.#time)
      if (counter.spent > 0) return
      length += 1
    }
    this.#bySubject.delete(first.subject)
    this.#size -= length
  }
}

function matches(counter: Counter, rule: QuotaRule): boolean {
  const own = counter.plan.rule
  return own === rule || (own.periodSeconds === rule.periodSeconds && own.algorithm === rule.algorithm)
}
