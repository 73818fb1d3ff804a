import type { ApplicationRecord } from '#access'
import type { Verified } from '#contract'

export interface CachedToken {
  readonly verified: Verified
  /** The application as it was when the token was proven: another one now means that the proof is void. */
  readonly record: ApplicationRecord
}

/** Verified tokens in memory, at most `max`, the longest unused forgotten first; found by token, dropped by what an event names. */
export function createTokenCache(max: number) {
  const tokens = new Map<string, CachedToken>()
  /** Tokens by their hash and by their grant. */
  const named = new Map<string, Set<string>>()

  const namesOf = ({ verified }: CachedToken) =>
    verified.grantId === undefined ? [verified.tokenId] : [verified.tokenId, verified.grantId]

  const remove = (token: string) => {
    const entry = tokens.get(token)
    if (entry === undefined) return
    tokens.delete(token)
    for (const name of namesOf(entry)) {
      const own = named.get(name)
      own?.delete(token)
      if (own?.size === 0) named.delete(name)
    }
  }

  return {
    get(token: string): CachedToken | undefined {
      const entry = tokens.get(token)
      // Order of use matters only when something will have to go.
      if (entry !== undefined && tokens.size > max / 2) {
        tokens.delete(token)
        tokens.set(token, entry)
      }
      return entry
    },
    set(token: string, entry: CachedToken): void {
      remove(token)
      if (tokens.size >= max) remove(tokens.keys().next().value ?? '')
      tokens.set(token, entry)
      for (const name of namesOf(entry)) named.set(name, (named.get(name) ?? new Set()).add(token))
    },
    remove,
    clear(): void {
      tokens.clear()
      named.clear()
    },
    /** Drops the token of this hash, or all tokens of this grant. */
    drop(name: string): void {
      for (const token of [...(named.get(name) ?? [])]) remove(token)
    },
    get size(): number {
      return tokens.size
    },
  }
}
