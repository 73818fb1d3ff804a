import type { Environment, Refusal, Verified } from '#contract'

/** What is asked for when a token is made. */
export interface NewToken {
  readonly applicationId: string
  /** What it is for; required in production. */
  readonly title?: string
  /** Of the platform's APIs; in the sandbox all of them unless told otherwise. */
  readonly scopes?: readonly string[]
  /** What its habilitation allows beside scopes, e.g. `sphere-educative`; in the sandbox all that the contracts ask for unless told otherwise. */
  readonly rights?: readonly string[]
  readonly habilitationId?: string | null
  /** SIRET of the body for which the data are. */
  readonly recipient?: string | null
  /** Addresses and CIDR blocks that may use it; none: any. */
  readonly networks?: readonly string[]
  readonly callsPerMinute?: number | null
  readonly actor: string
}

export type TokenState = 'live' | 'ending' | 'blocked' | 'expired'

/** A token as people see it, without its text. Times are milliseconds since the epoch. */
export interface TokenView {
  /** `jti` of its text. */
  readonly id: string
  readonly applicationId: string
  readonly applicationName: string
  readonly platform: string
  readonly environment: Environment
  readonly title: string
  readonly habilitationId: string | null
  readonly recipient: string | null
  readonly scopes: readonly string[]
  readonly rights: readonly string[]
  readonly networks: readonly string[]
  readonly callsPerMinute: number | null
  /** `ending`: it still works, and is blocked at a date. */
  readonly state: TokenState
  readonly createdAt: number
  readonly expiresAt: number
  /** From then on it may be renewed. */
  readonly renewableFrom: number
  readonly blockedAt: number | null
  readonly replacedBy: string | null
  /** Written in batches: up to half a minute late. */
  readonly lastUsedAt: number | null
}

/** With the text that opens, made anew each time it is shown. */
export interface ShownToken extends TokenView {
  readonly token: string
}

export interface TokenDeed {
  readonly tokenId: string
  readonly actor: string
}

/** From where, and how often, a token may be used. */
export interface TokenLimits {
  /** Addresses and CIDR blocks; none: any. */
  readonly networks: readonly string[]
  readonly callsPerMinute: number | null
}

export type TokenFilter = { readonly applicationId?: string; readonly platform?: string }

/** Somebody unknown who asks for a token of the sandbox. */
export interface Visit {
  readonly platform: string
  /** Where the request comes from; kept as a keyed hash, and for a day. */
  readonly address: string
}

/** What is limited in a day: the tokens of one address, those of the network around it, those of a platform. */
export type VisitorLimit = 'address' | 'network' | 'platform'

export interface NoPlace {
  readonly of: VisitorLimit
  readonly limit: number
  readonly retryAfterSeconds: number
}

export type VisitorToken =
  | { readonly kind: 'given'; readonly token: ShownToken }
  | ({ readonly kind: 'wait' } & NoPlace)
  /** The operator has suspended the application that stands for visitors, or no sandbox of the platform holds invented data. */
  | { readonly kind: 'closed' }

/** What is known of a token once its text was proven; the caller adds what the application's record says. */
export type ProvenToken = Omit<Verified, 'platform' | 'environment'>

/** Why a text opens nothing; `token`: what it did before it came to its end. */
export type UnprovenToken = Refusal & { readonly token?: ProvenToken }

/**
 * Long-lived tokens. Verbs reject with a Problem `access/…`; each is one transaction with its audit entry, and acts on the next call of every
 * node once it resolves.
 */
export interface ApiTokens {
  create(request: NewToken): Promise<ShownToken>
  show(tokenId: string): Promise<ShownToken>
  list(filter?: TokenFilter): Promise<readonly TokenView[]>
  /** Prolongs it by its whole life, in its last days only; its text goes on working. */
  renew(deed: TokenDeed): Promise<ShownToken>
  /** A new token with the same rights now; this one is blocked after `afterDays` (the platform's habit unless told otherwise). */
  replace(deed: TokenDeed & { readonly afterDays?: number }): Promise<{
    readonly token: ShownToken
    readonly previousBlockedAt: number
  }>
  /** Other limits from the next call on; what is absent stays. A token that has ended is refused. */
  setLimits(deed: TokenDeed & Partial<TokenLimits>): Promise<ShownToken>
  /** Blocks it now. False: it was blocked already. */
  revoke(deed: TokenDeed): Promise<boolean>
  /** A new key signs what is shown from now on; texts shown before count for `overlapDays` more (90 unless told otherwise; 0: they end now). Of two at once one wins. */
  rotateKey(request: { readonly overlapDays?: number; readonly actor: string }): Promise<{
    readonly previousUntil: number
  }>

  /** A token of the sandbox, with every scope of invented data, for whoever asks; within the limits of a day, over all nodes. */
  giveToVisitor(visit: Visit): Promise<VisitorToken>
  /** How visits to this process ended since it started. */
  visits(): Readonly<Record<'given' | VisitorLimit | 'closed', number>>

  /** Whether a text is signed, without a look in the store; undefined: the keys have to be read first (`prove` does). */
  signed(text: string): boolean | undefined
  /** What the store says of the token of this text now; rejects when the store does not answer. `fromStore`: trusts no key in memory. */
  prove(text: string, fromStore?: 'fromStore'): Promise<ProvenToken | UnprovenToken>
  /** Notes that it was used; written in batches. */
  used(tokenId: string): void
}
