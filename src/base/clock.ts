/** Milliseconds since the epoch. Handed in wherever time matters, so that a test or `portique dev` can move it. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

export interface MovableClock {
  readonly now: Clock
  /** Adds to the time from here on. */
  advance(milliseconds: number): void
  /** Goes back to the real time. */
  reset(): void
}

/** The test clock of `portique dev`: the real one plus an offset that only this object can change. */
export function movableClock(base: Clock = systemClock): MovableClock {
  let offset = 0
  return {
    now: () => base() + offset,
    advance(milliseconds) {
      offset += milliseconds
    },
    reset() {
      offset = 0
    },
  }
}
