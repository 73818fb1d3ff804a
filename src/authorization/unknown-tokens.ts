import type { Clock } from '#base'

const forgetMilliseconds = 5000
const tokensMax = 10_000

/** Tokens that the store did not know a moment ago: bounded, and short enough to matter to nobody. */
export function createUnknownTokens(clock: Clock) {
  const until = new Map<string, number>()
  return {
    has(token: string): boolean {
      const end = until.get(token)
      if (end === undefined) return false
      if (clock() < end) return true
      until.delete(token)
      return false
    },
    add(token: string): void {
      if (until.size >= tokensMax) until.delete(until.keys().next().value ?? '')
      until.set(token, clock() + forgetMilliseconds)
    },
  }
}
