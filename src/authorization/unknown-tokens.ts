import type { Clock } from '#base'
import type { Refusal } from '#contract'

const forgetMilliseconds = 5000
const tokensMax = 10_000

/** Tokens that the store did not admit a moment ago, and why: bounded, and short enough to matter to nobody. */
export function createUnknownTokens(clock: Clock) {
  const known = new Map<string, { readonly until: number; readonly refused: Refusal }>()
  return {
    get(token: string): Refusal | undefined {
      const found = known.get(token)
      if (found === undefined || clock() < found.until) return found?.refused
      known.delete(token)
      return undefined
    },
    add(token: string, refused: Refusal): void {
      if (known.size >= tokensMax) known.delete(known.keys().next().value ?? '')
      known.set(token, { until: clock() + forgetMilliseconds, refused })
    },
  }
}
