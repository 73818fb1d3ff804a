import type { QuotaCharge, QuotaDecision, QuotaState } from '#contract'
import { type Counter, debit, follow, owedBy, stateOf, waitOf } from './counter.js'
import { Counters } from './counters.js'
import { divideUp } from './plan.js'
import { SteadyTime } from './steady-time.js'

export interface QuotasOptions {
  /** Counters kept at once, about 150 bytes each; newcomers beyond are refused until one is whole again. */
  readonly capacity?: number
}

/** The gateway's `Spend`, exact to the call on this node. */
export interface Quotas {
  /** `now` in milliseconds since the epoch, read right before the call. */
  spend(charges: readonly QuotaCharge[], now: number): QuotaDecision
  /** Takes over what a counter of the same subject under a limit of its own says elsewhere: as much of this limit is spent. */
  follow(charge: QuotaCharge, state: QuotaState, now: number): void
  /** Calls spent and not paid back yet, rounded up. */
  owed(charge: QuotaCharge, now: number): number
  /** Drops counters that are whole again, looking at some thousands; called now and then. */
  sweep(now: number): void
  /** Counters held now. */
  size(): number
  /** Calls refused only because no counter was free. */
  refusedForRoom(): number
}

const capacityDefault = 500_000
const lookPerSweep = 5000

export function createQuotas({ capacity = capacityDefault }: QuotasOptions = {}): Quotas {
  const time = new SteadyTime()
  const counters = new Counters(capacity, time)
  const found: Counter[] = []
  let refusedForRoom = 0

  function spend(charges: readonly QuotaCharge[], now: number): QuotaDecision {
    time.read(now)
    counters.makeRoom(charges.length)
    found.length = 0
    let longest = 0
    let refusedBy = -1
    for (let index = 0; index < charges.length; index += 1) {
      const charge = charges[index] as QuotaCharge
      const counter = counters.find(charge)
      if (counter === undefined) {
        refusedForRoom += 1
        return noRoom(charges, index)
      }
      found.push(counter)
      const wait = waitOf(counter, time)
      if (wait > longest) {
        longest = wait
        refusedBy = index
      }
    }
    if (refusedBy < 0) for (const counter of found) debit(counter)
    const states = statesOf(found)
    if (refusedBy < 0) return { admitted: true, states }
    return { admitted: false, states, refusedBy, retryAfterSeconds: divideUp(longest, 1000) }
  }

  function statesOf(settled: readonly Counter[]): QuotaState[] {
    const states: QuotaState[] = []
    for (const counter of settled) states.push(stateOf(counter, time))
    return states
  }

  function noRoom(charges: readonly QuotaCharge[], refusedBy: number): QuotaDecision {
    const states = charges.map(({ rule }) => ({ rule, remaining: 0, resetMilliseconds: 1000 }))
    return { admitted: false, states, refusedBy, retryAfterSeconds: 1 }
  }

  function counterOf(charge: QuotaCharge, now: number): Counter | undefined {
    time.read(now)
    counters.makeRoom(1)
    return counters.find(charge)
  }

  return {
    spend,
    follow(charge, state, now) {
      const counter = counterOf(charge, now)
      if (counter !== undefined) follow(counter, state)
    },
    owed(charge, now) {
      const counter = counterOf(charge, now)
      return counter === undefined ? 0 : owedBy(counter)
    },
    sweep(now) {
      time.read(now)
      counters.sweep(lookPerSweep)
    },
    size: () => counters.size,
    refusedForRoom: () => refusedForRoom,
  }
}
