import type { ApiVersion } from './api.js'
import type { Environment } from './environment.js'
import type { Platform } from './platform.js'
import type { Subscription, SubscriptionKey } from './subscription.js'

export interface ApplicationAccess {
  /** The client identifier. */
  readonly id: string
  readonly name: string
  readonly platform: string
  readonly environment: Environment
  readonly state: 'active' | 'suspended'
  readonly subscriptions: ReadonlyMap<SubscriptionKey, Subscription>
}

/** All the gateway may know of catalogue and access: frozen, swapped whole on change, with unchanged parts kept identical (`===`). */
export interface CatalogSnapshot {
  readonly revision: number
  readonly platforms: ReadonlyMap<string, Platform>
  /** Every version on the air: of the folders and of the store. */
  readonly apis: readonly ApiVersion[]
  readonly applications: ReadonlyMap<string, ApplicationAccess>
}
