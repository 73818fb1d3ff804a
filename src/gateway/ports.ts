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
/** Awaited only when the API keeps evidence. */
export type Record = (exchange: FinishedExchange) => void | Promise<void>
