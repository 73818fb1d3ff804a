import type { Adapter, AdapterPayload, ClientMetadata } from 'oidc-provider'
import type { Access, ApplicationRecord } from '#access'
import type { OAuthHabits, Platform, Realm } from '#contract'
import { matchSecret } from './client-secrets.js'

export interface ClientAdapterOptions {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly habits: OAuthHabits
  /** Stands where the library wants a secret; no comparison ever reads it. */
  readonly placeholder: string
}

/** The library's clients are our applications, from memory: known, active, of this platform, and able to keep a secret. */
export function createClientAdapter({ access, platform, realm, habits, placeholder }: ClientAdapterOptions): Adapter {
  const known = new WeakMap<ApplicationRecord, ClientMetadata>()
  const refuse = () => Promise.reject(new TypeError('applications are written by the access room'))

  const metadataOf = (record: ApplicationRecord): ClientMetadata => {
    const metadata = known.get(record) ?? {
      client_id: record.access.id,
      client_secret: placeholder,
      grant_types: realm.flows.filter((flow) => flow === 'client_credentials'),
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: habits.clientAuthentication[0] ?? 'client_secret_post',
    }
    known.set(record, metadata)
    return metadata
  }

  return {
    async find(id) {
      const record = await access.fresh(id)
      if (record?.access.platform === platform.id && record.access.state === 'active' && record.type === 'private') {
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
