import { randomBytes } from 'node:crypto'
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { OAuthHabits } from '#contract'
import { createArtifactAdapter } from './artifact-adapter.js'
import { createClientAdapter } from './client-adapter.js'
import { errors } from './oidc-provider.js'
import { provenScopes } from './proven-scopes.js'
import type { Exchange, RealmOptions } from './realm.js'
import { realmKeys } from './realm-keys.js'

export interface RealmConfigurationOptions extends RealmOptions {
  /** `<platform>/<realm>` */
  readonly name: string
  readonly habits: OAuthHabits
  readonly exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined
}

/** A realm's data as the library reads it: what is not named here is off. */
export async function realmConfiguration(options: RealmConfigurationOptions): Promise<Configuration> {
  const { platform, realm, access, store, vault, clock, name, habits, exchangeOf } = options
  const resource = new URL(realm.issuerPath, options.authorizationUrl).href
  const placeholder = randomBytes(32).toString('base64url')
  const keys = await realmKeys({ store, vault, clock }, name)
  return {
    adapter: (model: string) =>
      model === 'Client'
        ? createClientAdapter({ access, platform, realm, habits, placeholder })
        : createArtifactAdapter({ store, vault, clock, realm: name }, model),
    jwks: { keys: [...keys.keys] },
    clientAuthMethods: [...habits.clientAuthentication],
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: [placeholder], names: cookieNames(name) },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: false },
      // To the library the platform's APIs are one resource server (RFC 8707), so that a scope published later needs no other provider.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        async getResourceServerInfo(ctx, indicator) {
          if (indicator !== resource) throw new errors.InvalidTarget()
          const { clientId = '', scopes: asked = [] } = exchangeOf(ctx) ?? {}
          const scope = (await provenScopes({ access, realm, habits }, clientId, asked)).join(' ')
          if (ctx.oidc.params !== undefined) ctx.oidc.params.scope = scope || undefined
          return { scope, accessTokenFormat: 'opaque' }
        },
      },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    responseTypes: [],
    routes: { token: habits.tokenPath, jwks: '/jwks', introspection: '/introspect', revocation: '/revoke' },
    scopes: [],
    ttl: { ClientCredentials: realm.accessTokenSeconds },
  }
}

/** Each realm its own cookies: a session of one is none of another. */
function cookieNames(name: string) {
  const prefix = name.replaceAll('/', '.')
  return { session: `${prefix}.session`, interaction: `${prefix}.interaction`, resume: `${prefix}.resume` }
}
