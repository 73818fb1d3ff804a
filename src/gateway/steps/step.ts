import type { Clock } from '#base'
import type { CatalogSnapshot, Refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import type { Flights } from '../load/flights.js'
import type { Loads } from '../load/loads.js'
import type { Spend, Verify } from '../ports.js'
import type { Charges } from './charges.js'

/** What the steps need from outside. */
export interface StepNeeds {
  readonly snapshot: () => CatalogSnapshot
  readonly verify: Verify
  readonly spend: Spend
  readonly clock: Clock
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic: () => number
  readonly flights: Flights
  readonly loads: Loads
  readonly charges: Charges
}

/** One check of an exchange: writes what it found into it, or refuses. A promise only when memory cannot tell. */
export type Step = (exchange: Exchange, needs: StepNeeds) => StepOutcome

export type StepOutcome = Refusal | null | Promise<Refusal | null>
