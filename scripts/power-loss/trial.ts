import type { RoundResult } from './judge.js'

/** One store on the bench. */
export interface Trial {
  readonly name: string
  /** How the control run gives up durability. */
  readonly control: string
  /** Why there is none here; null: it can be played. */
  readonly missing: string | null
  /** Hands a way to play one power cut. */
  withRounds<T>(work: (round: (number: number, durable: boolean) => Promise<RoundResult>) => Promise<T>): Promise<T>
}
