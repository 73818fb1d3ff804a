import type { QuotaCharge } from '#contract'
import type { LocalShare } from './local-share.js'

/** Subjects remembered at most; those beyond are given nothing back to the shared counters. */
const subjectsMax = 100_000

export interface Debt {
  readonly charge: QuotaCharge
  readonly calls: number
}

/** What this node has granted while the shared counters were gone: they hear of it when they are back, or a quota would count twice. */
export class SpentAlone {
  readonly #share: LocalShare
  readonly #touched = new Map<string, { readonly charge: QuotaCharge; readonly before: number; readonly at: number }>()

  constructor(share: LocalShare) {
    this.#share = share
  }

  /** Before a decision of this node alone. */
  note(charges: readonly QuotaCharge[], now: number): void {
    for (const charge of charges) {
      const key = keyOf(charge)
      if (this.#touched.has(key) || this.#touched.size >= subjectsMax) continue
      this.#touched.set(key, { charge, before: this.#share.owed(charge, now), at: now })
    }
  }

  /** Hands over up to `count` debts, which are then forgotten here. */
  take(count: number, now: number): readonly Debt[] {
    const debts: Debt[] = []
    for (const [key, { charge, before, at }] of this.#touched) {
      if (debts.length === count) break
      this.#touched.delete(key)
      const calls = Math.ceil(this.#share.owed(charge, now) - this.#leftOf(charge, { before, at, now }))
      if (calls > 0) debts.push({ charge, calls })
    }
    return debts
  }

  /** Of calls owed at `at`, those owed yet: a bucket pays back steadily, a fixed window all of it at its end. */
  #leftOf(charge: QuotaCharge, { before, at, now }: Record<'before' | 'at' | 'now', number>): number {
    const period = charge.rule.periodSeconds * 1_000
    if (charge.rule.algorithm === 'fixed') return Math.floor(at / period) === Math.floor(now / period) ? before : 0
    return Math.max(0, before - ((now - at) * this.#share.limitOf(charge)) / period)
  }

  get size(): number {
    return this.#touched.size
  }
}

const keyOf = ({ rule, subject }: QuotaCharge): string => `${rule.algorithm}:${rule.periodSeconds}:${subject}`
