import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider'
import type { Access, ApplicationRecord } from '#access'
import type { OAuthHabits, Platform, Realm } from '#contract'
import { matchSecret } from './client-secrets.js'
import { provided } from './introspection.js'
import { responseModes } from './response-modes.js'
import { consentsClient, consentsClientId } from './sign-in/consents-client.js'

export interface ClientAdapterOptions {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly habits: OAuthHabits
  /** Stands where the library wants a secret; no comparison ever reads it. */
  readonly cookieKey: string
  readonly authorizationUrl: string
}

/** The library's clients are our applications, from memory: known, active, of this platform, and of a kind that the realm has a flow for. */
export function createClientAdapter(options: ClientAdapterOptions): Adapter {
  const { access, platform, realm, cookieKey: placeholder } = options
  const known = new WeakMap<ApplicationRecord, ClientMetadata>()
  const refuse = () => Promise.reject(new TypeError('applications are written by the access room'))
  const people = realm.flows.includes('authorization_code')
  const consentsPage = new URL(`${realm.issuerPath}/consents`, options.authorizationUrl).href

  const metadataOf = (record: ApplicationRecord): ClientMetadata => {
    const metadata = known.get(record) ?? clientMetadata(record, options)
    known.set(record, metadata)
    return metadata
  }

  return {
    async find(id) {
      if (people && id === consentsClientId) return consentsClient(consentsPage, placeholder) as AdapterPayload
      const record = await access.fresh(id)
      if (record?.access.platform === platform.id && record.access.state === 'active' && serves(options, record)) {
        return metadataOf(record) as AdapterPayload
      }
      matchSecret(undefined, placeholder, 0)
      return undefined
    },
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
    findByUid: refuse,
    findByUserCode: refuse,
  }
}

/** An application without a redirect address is met where applications act for themselves, or ask about tokens; one without a secret only where people sign in. */
const serves = (options: ClientAdapterOptions, record: ApplicationRecord) =>
  meetsPeople(options, record) ||
  (record.type === 'private' &&
    (options.realm.flows.includes('client_credentials') ||
      options.platform.tokens != null ||
      provides(options, record)))

/** It asks about tokens of others, whatever it gets here itself. */
const provides = ({ access, platform, realm }: ClientAdapterOptions, record: ApplicationRecord) =>
  provided(access, { platform, realm, clientId: record.access.id }).length > 0

/** The people of a realm sign in to applications that have a right to something there: one of another realm is a stranger to them. */
function meetsPeople({ access, platform, realm }: ClientAdapterOptions, record: ApplicationRecord): boolean {
  if (!realm.flows.includes('authorization_code') || record.redirectUris.length === 0) return false
  if (access.allowedScopes(record.access.id, realm.name).size > 0) return true
  return !access.snapshot().apis.some((api) => api.platform === platform.id && api.realm === realm.name)
}

function clientMetadata(record: ApplicationRecord, options: ClientAdapterOptions): ClientMetadata {
  const { realm, habits, cookieKey } = options
  const { type, redirectUris } = record
  const signsIn = meetsPeople(options, record)
  const withSecret: Partial<ClientMetadata> = {
    client_secret: cookieKey,
    token_endpoint_auth_method: habits.clientAuthentication[0] ?? 'client_secret_post',
  }
  return {
    client_id: record.access.id,
    client_name: record.access.name,
    ...(type === 'private' ? withSecret : { token_endpoint_auth_method: 'none' }),
    grant_types: realm.flows.filter((flow) => (flow === 'client_credentials' ? type === 'private' : signsIn)),
    response_types: signsIn ? ['code'] : [],
    response_modes: [...responseModes],
    redirect_uris: signsIn ? [...redirectUris] : [],
    post_logout_redirect_uris: signsIn ? [...redirectUris] : [],
    // RFC 8252 section 7.3: only an application on the person's own machine may come back to any port of it.
    ...(type === 'public' && redirectUris.every(isLoopback) && { application_type: 'native' as const }),
  }
}

const isLoopback = (uri: string) => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/.test(uri)
