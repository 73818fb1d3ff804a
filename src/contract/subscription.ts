import type { Environment } from './environment.js'
import type { QuotaRule } from './quota.js'

/** Key of a subscription inside an application: `<environment>|<ApiVersion.id>`. */
export type SubscriptionKey = `${Environment}|${string}`

export interface Subscription {
  readonly apiId: string
  readonly environment: Environment
  /** Replaces the API's own rules of the same key, e.g. a raised quota. */
  readonly quotas: readonly QuotaRule[]
  /** Milliseconds since the epoch; null: no end. */
  readonly endsAt: number | null
}

export const subscriptionKey = (environment: Environment, apiId: string): SubscriptionKey => `${environment}|${apiId}`
