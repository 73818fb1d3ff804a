import type {
  CatalogSnapshot,
  Credential,
  FinishedExchange,
  QuotaCharge,
  QuotaDecision,
  Refusal,
  Verified,
} from '#contract'

/** Synchronous when the token is in memory. */
export type Verify = (credential: Credential, platform: string) => Verified | Refusal | Promise<Verified | Refusal>
/** Frozen; swapped whole on change, never mutated. */
export type Snapshot = () => CatalogSnapshot
/** One decision over all charges: every one debited, or none. Synchronous on one node. */
export type Spend = (charges: readonly QuotaCharge[], now: number) => QuotaDecision | Promise<QuotaDecision>
/** Called once per exchange, when it is over. */
export type Record = (exchange: FinishedExchange) => void
/** Called once per exchange that owes evidence, before an answer leaves; rejects when the evidence is not durable. */
export type KeepEvidence = (exchange: FinishedExchange) => Promise<void>
/**
 * Notes where all nodes meet that a call is under way, for a minute at most. Null: another node has it under way. Never rejects: where nobody can be
 * asked, each node stands alone.
 */
export type MarkFlight = (key: string) => Promise<EndMark | null>
/** Takes the note away; resolves once it is gone, or nobody can be asked. Never rejects. */
export type EndMark = () => Promise<void>
/** A keyed hash of a person's identity, the same for the same text; nobody without the key can make it. */
export type HashPerson = (identity: string) => string

/** What a provider is told about the caller in `Portique-Identity`. Times are seconds since the epoch (RFC 7519 section 2). */
export interface IdentityClaims {
  /** Origin of the gateway: its keys are at `/.well-known/portique-identity` there. */
  readonly iss: string
  /** Origin of the upstream: the statement is of no use to another provider. */
  readonly aud: string
  readonly iat: number
  readonly exp: number
  /** The client identifier of the application. */
  readonly client_id: string
  readonly platform: string
  readonly environment: string
  /** Space-separated (RFC 9068 section 2.2.3). */
  readonly scope: string
  readonly realm?: string
  /** The person for whom the application acts, if any. */
  readonly sub?: string
  readonly habilitation?: string
}

/** Compact JWS of the claims. Synchronous: its result is kept for a minute per token and upstream. */
export type SignIdentity = (claims: IdentityClaims) => string
