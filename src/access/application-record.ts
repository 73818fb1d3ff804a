import type { ApplicationAccess, Environment, QuotaRule, Subscription, SubscriptionKey } from '#contract'
import { subscriptionKey } from '#contract'
import type { Row } from '#storage'

/** A credential that works: not revoked when it was read; whether its end has come is for the clock to say. */
export interface LiveCredential {
  readonly id: string
  readonly kind: 'secret' | 'api-key'
  /** SHA-256 in base64url; the value itself stays sealed in the store. */
  readonly hash: string
  readonly createdAt: number
  readonly expiresAt: number | null
}

/** An application as kept in memory: frozen, and another object after each change. */
export interface ApplicationRecord {
  /** What the gateway may know; the same object as long as it did not change itself. */
  readonly access: ApplicationAccess
  readonly type: 'private' | 'public'
  readonly redirectUris: readonly string[]
  readonly eventUrl: string | null
  readonly purpose: string | null
  readonly credentials: readonly LiveCredential[]
}

export interface ApplicationRows {
  readonly application: Row<'application'>
  readonly credentials: readonly Row<'credential'>[]
  readonly subscriptions: readonly Row<'subscription'>[]
}

export function toRecord(rows: ApplicationRows, before: ApplicationRecord | undefined): ApplicationRecord {
  const access = toAccess(rows)
  return Object.freeze({
    access: before !== undefined && sameAccess(before.access, access) ? before.access : access,
    type: rows.application.type === 'public' ? 'public' : 'private',
    redirectUris: Object.freeze(JSON.parse(rows.application.redirect_uris) as string[]),
    eventUrl: rows.application.event_url,
    purpose: rows.application.purpose,
    credentials: Object.freeze(rows.credentials.filter((row) => row.revoked_at === null).map(toCredential)),
  })
}

function toAccess({ application, subscriptions }: ApplicationRows): ApplicationAccess {
  const environment = toEnvironment(application.environment)
  return Object.freeze({
    id: application.id,
    name: application.name,
    platform: application.platform,
    environment,
    state: application.state === 'active' ? 'active' : 'suspended',
    subscriptions: new Map<SubscriptionKey, Subscription>(
      subscriptions.map((row) => [subscriptionKey(toEnvironment(row.environment), row.api_id), toSubscription(row)]),
    ),
  })
}

function toSubscription(row: Row<'subscription'>): Subscription {
  return Object.freeze({
    apiId: row.api_id,
    environment: toEnvironment(row.environment),
    quotas: Object.freeze(JSON.parse(row.quotas) as QuotaRule[]),
    endsAt: row.ends_at,
  })
}

function toCredential(row: Row<'credential'>): LiveCredential {
  return Object.freeze({
    id: row.id,
    kind: row.kind === 'api-key' ? 'api-key' : 'secret',
    hash: row.value_hash,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  })
}

const toEnvironment = (text: string): Environment => (text === 'sandbox' ? 'sandbox' : 'production')

function sameAccess(a: ApplicationAccess, b: ApplicationAccess): boolean {
  return fingerprint(a) === fingerprint(b)
}

const fingerprint = (access: ApplicationAccess) =>
  JSON.stringify([access.name, access.environment, access.state, [...access.subscriptions]])
