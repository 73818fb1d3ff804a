import type { Clock, Identifiers, Log } from '#base'
import type { ApiVersion, CatalogSnapshot, Environment, Platform, QuotaRule, Subscription } from '#contract'
import type { Store, Vault } from '#storage'
import type { ApplicationRecord, LiveCredential } from './application-record.js'
import type { ApiTokens } from './tokens/api-tokens.js'

/** The catalogue as this room needs it; both values stay identical (`===`) as long as nothing changed. */
export interface CatalogView {
  platforms(): ReadonlyMap<string, Platform>
  apis(): readonly ApiVersion[]
}

export interface AccessOptions {
  readonly store: Store
  readonly vault: Vault
  readonly catalog: CatalogView
  readonly identifiers: Identifiers
  readonly clock: Clock
  readonly log: Log
}

export interface NewApplication {
  readonly name: string
  readonly platform: string
  readonly environment: Environment
  /** `public`: runs where no secret can be kept (RFC 6749 section 2.1), so it gets none. Default `private`. */
  readonly type?: 'private' | 'public'
  readonly redirectUris?: readonly string[]
  /** Where it is told that somebody withdrew their consent; https, or the machine itself. */
  readonly eventUrl?: string | null
  /** What it asks data for, as the person who consents reads it; one line. */
  readonly purpose?: string | null
  readonly actor: string
}

export interface CredentialView {
  readonly id: string
  readonly kind: 'secret' | 'api-key'
  /** Null where only a hash is kept. */
  readonly value: string | null
  readonly createdAt: number
  /** When it stops or stopped working; null: no end is set. */
  readonly endsAt: number | null
  readonly live: boolean
  /** Written in batches: up to half a minute late. */
  readonly lastUsedAt: number | null
}

export interface IssuedCredential {
  readonly id: string
  readonly value: string
}

export interface SubscriptionView extends Subscription {
  /** False when the same subscription stood already. */
  readonly created: boolean
}

export interface ApplicationView {
  /** The client identifier. */
  readonly id: string
  readonly name: string
  readonly platform: string
  readonly environment: Environment
  readonly type: 'private' | 'public'
  readonly state: 'active' | 'suspended'
  readonly redirectUris: readonly string[]
  readonly subscriptions: readonly Subscription[]
  /** Every scope that a token of it may hold now. */
  readonly scopes: readonly string[]
}

/** Verbs reject with a Problem `access/…`; each is one transaction with its audit entry, and in force in `snapshot` when it resolves. */
export interface Access {
  /** Frozen; swapped whole on change, unchanged parts stay identical. */
  snapshot(): CatalogSnapshot
  createApplication(request: NewApplication): Promise<{ application: ApplicationView; secret: IssuedCredential | null }>
  /** `api`: its id, `<code>/<version>`, or the code alone where one version exists. Approved at once; the same twice changes nothing but the quotas given. */
  subscribe(request: {
    readonly applicationId: string
    readonly api: string
    readonly environment?: Environment
    readonly quotas?: readonly QuotaRule[]
    readonly endsAt?: number | null
    readonly actor: string
  }): Promise<SubscriptionView>
  /** To several APIs at once, in one transaction; those that are subscribed to already stay as they are. */
  subscribeAll(request: {
    readonly applicationId: string
    readonly wanted: readonly { readonly api: string; readonly environment: Environment }[]
    readonly actor: string
  }): Promise<void>
  /** Resolves to false when there was no such subscription. */
  unsubscribe(request: {
    readonly applicationId: string
    readonly api: string
    readonly environment?: Environment
    readonly actor: string
  }): Promise<boolean>
  /** A second live secret; the one before it ends after `overlapSeconds` (a day unless told otherwise), older ones end now. */
  rotateSecret(request: {
    readonly applicationId: string
    readonly overlapSeconds?: number
    readonly actor: string
  }): Promise<IssuedCredential & { readonly previousEndsAt: number | null }>
  issueApiKey(request: { readonly applicationId: string; readonly actor: string }): Promise<IssuedCredential>
  /** Ends a secret or an API key now. */
  revokeSecret(request: {
    readonly applicationId: string
    readonly credentialId: string
    readonly actor: string
  }): Promise<void>
  suspend(request: { readonly applicationId: string; readonly actor: string }): Promise<void>
  resume(request: { readonly applicationId: string; readonly actor: string }): Promise<void>
  list(filter?: { readonly platform?: string; readonly environment?: Environment }): readonly ApplicationView[]
  /** With its credentials readable, as the application's own page shows them. */
  show(applicationId: string): Promise<ApplicationView & { readonly credentials: readonly CredentialView[] }>

  /** Every scope that a token of the application may hold now: those of the APIs subscribed to, in the subscription's environment; only those of one realm when it is named. */
  allowedScopes(applicationId: string, realm?: string): ReadonlySet<string>
  /** From memory. Undefined: unknown, or a change is known but not read yet (then `fresh` tells). */
  record(applicationId: string): ApplicationRecord | undefined
  /** The record once every known change is read; `fromStore` reads it again even so. Rejects when the store does not answer. */
  fresh(applicationId: string, fromStore?: 'fromStore'): Promise<ApplicationRecord | undefined>
  /** The live API key of this hash, from memory. */
  apiKey(hash: string): { readonly applicationId: string; readonly credential: LiveCredential } | undefined
  /** Notes that a credential was used; written in batches. */
  used(credentialId: string): void
  /** Long-lived tokens, on the platforms that have them. */
  readonly tokens: ApiTokens
  close(): Promise<void>
}
