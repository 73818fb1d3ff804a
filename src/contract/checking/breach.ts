import type { Json } from '../json.js'

/** What a call lacks of its contract: the place, and what was expected there. */
export interface ContractBreach {
  /** `rule`: each value is as the contract asks, but not beside the others, or not today (`x-checks`). */
  readonly kind: 'required' | 'format' | 'body' | 'rule'
  readonly name: string
  readonly expected: string
  /** It was given more than once, or under a name that only looks like its own (`a[]` for `a`); absent: its value is wrong. */
  readonly given?: 'twice' | 'otherwise'
  /** The platform's own code for it (`x-error-code`, `x-checks`); absent: none. */
  readonly errorCode?: string
}

/** Decoded values of each query parameter, in order; null for one that is not percent-encoded UTF-8. */
export type Query = ReadonlyMap<string, readonly (string | null)[]>

/** What of a call the contract speaks of. */
export interface CheckedCall {
  readonly query: Query
  readonly path: Readonly<Record<string, string>>
  readonly body: CallBody
}

export type CallBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'other' }
  /** It says that it is JSON, and is not, or is nested too deeply. */
  | { readonly kind: 'malformed' }
