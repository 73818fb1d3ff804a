/** Whose calls are counted together. `token`: those of one token, over all APIs of its platform that have such a rule; `token+api`: to one API. */
export type QuotaKey = 'api' | 'application+api' | 'application+operation' | 'token' | 'token+api'
export type QuotaAlgorithm = 'bucket' | 'fixed'

/** `limit` calls per `periodSeconds`. `bucket` refills evenly and holds `limit` at most; `fixed` counts in windows aligned to the epoch. */
export interface QuotaRule {
  readonly key: QuotaKey
  readonly limit: number
  readonly periodSeconds: number
  readonly algorithm: QuotaAlgorithm
}

/** One rule applied to one counter, e.g. subject `application+api|production|app_1|france-travail/offresdemploi/2`. */
export interface QuotaCharge {
  readonly rule: QuotaRule
  readonly subject: string
}

export interface QuotaState {
  readonly rule: QuotaRule
  /** Whole calls still admitted now. */
  readonly remaining: number
  /** Milliseconds until the counter is whole again. */
  readonly resetMilliseconds: number
}

/** Either every charge was debited (`admitted`) or none was. */
export interface QuotaDecision {
  readonly admitted: boolean
  /** In the order of the charges. */
  readonly states: readonly QuotaState[]
  /** Index of the charge that refused (the one with the longest wait); absent when admitted. */
  readonly refusedBy?: number
  /** Whole seconds, at least 1, after which one waiting client succeeds (RFC 9110 section 10.2.3); absent when admitted. */
  readonly retryAfterSeconds?: number
}
