/** How long an address rests after failures in a row; times in milliseconds. */
export interface BreakerSettings {
  readonly failuresInARow: number
  readonly restMilliseconds: number
  readonly restMillisecondsMax: number
}

/** Keeps calls away from an address that fails, and lets one through now and then to see whether it is back. */
export interface Breaker {
  /** Asks for leave to call; when resting is over, one caller gets it as a probe. */
  admits(now: number): boolean
  /** Milliseconds until the next probe; 0 when calls are admitted. */
  restsFor(now: number): number
  succeeded(): void
  failed(now: number): void
  /** The call ended without telling anything about the address: its client left. */
  abandoned(): void
}

export function createBreaker(settings: BreakerSettings): Breaker {
  let failures = 0
  let restUntil = 0
  let rest = settings.restMilliseconds
  let probing = false
  const isOpen = () => failures >= settings.failuresInARow
  return {
    admits(now) {
      if (!isOpen()) return true
      if (probing || now < restUntil) return false
      probing = true
      return true
    },
    restsFor(now) {
      if (!isOpen()) return 0
      return Math.max(restUntil - now, probing ? settings.restMilliseconds : 0)
    },
    succeeded() {
      failures = 0
      probing = false
      rest = settings.restMilliseconds
    },
    failed(now) {
      failures += 1
      if (!isOpen()) return
      if (probing) rest = Math.min(rest * 2, settings.restMillisecondsMax)
      probing = false
      restUntil = now + rest
    },
    abandoned() {
      probing = false
    },
  }
}
