import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { OAuthHabits } from '#contract'
import { createArtifactAdapter } from './artifact-adapter.js'
import { createClientAdapter } from './client-adapter.js'
import { createEndGrant } from './consents/end-grant.js'
import { cookieNames } from './cookie-names.js'
import type { Introspection } from './introspection.js'
import { errors } from './oidc-provider.js'
import { provenScopes } from './proven-scopes.js'
import type { Exchange, RealmOptions } from './realm.js'
import type { RealmKeys } from './realm-keys.js'
import { checkState, type SignInConfigurationOptions, signInConfiguration } from './sign-in/sign-in-configuration.js'
import { openUserinfo } from './sign-in/userinfo-tokens.js'

export interface RealmConfigurationOptions extends RealmOptions {
  /** `<platform>/<realm>` */
  readonly name: string
  readonly habits: OAuthHabits
  readonly exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined
  readonly keys: RealmKeys
  /** The one resource server that the platform's APIs are to the library. */
  readonly resource: string
  readonly cookieKey: string
  readonly introspection: Introspection
  /** Null: nobody signs in here. */
  readonly signIn: SignInConfigurationOptions | null
}

/** A realm's data as the library reads it: what is not named here is off. */
export function realmConfiguration(options: RealmConfigurationOptions): Configuration {
  const { realm, store, vault, clock, name, habits, keys, cookieKey, introspection, signIn } = options
  const { features, ...people } = signIn === null ? { features: nobody } : signInConfiguration(signIn)
  const endGrant = createEndGrant({ store, realm: name })
  return {
    responseTypes: [],
    scopes: [],
    ...people,
    adapter(model: string) {
      if (model === 'Client') return createClientAdapter(options)
      const adapter = createArtifactAdapter({ store, vault, clock, realm: name, endGrant }, model)
      return model === 'AccessToken' ? openUserinfo(adapter, options.resource) : adapter
    },
    jwks: { keys: [...keys.keys] },
    clientAuthMethods: [...habits.clientAuthentication, ...(signIn === null ? [] : ['none' as const])],
    clientBasedCORS: (_, origin, client) =>
      client.clientAuthMethod === 'none' &&
      (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin),
    clientDefaults: { id_token_signed_response_alg: signIn === null ? 'ES256' : 'RS256' },
    cookies: {
      keys: [cookieKey],
      names: cookieNames(name, options.authorizationUrl),
      long: { httpOnly: true, sameSite: 'lax', path: '/' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    features: {
      ...features,
      clientCredentials: { enabled: realm.flows.includes('client_credentials') },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_, client, token) => introspection.allowed(client, token) },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => options.resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, indicator) => resourceServer(options, { ctx, indicator }),
      },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
    },
    // A token that is revoked ends its grant, so that nothing under way gives new ones on the ground of it.
    revokeGrantPolicy: () => true,
    routes: {
      authorization: habits.signIn?.authorizePath ?? '/authorize',
      token: habits.tokenPath,
      jwks: '/jwks',
      introspection: '/introspect',
      revocation: '/revoke',
      userinfo: '/userinfo',
      end_session: '/session/end',
      pushed_authorization_request: '/par',
    },
    ttl: { ...(people as Configuration).ttl, ClientCredentials: realm.accessTokenSeconds },
  }
}

const nobody = {
  pushedAuthorizationRequests: { enabled: false },
  rpInitiatedLogout: { enabled: false },
  userinfo: { enabled: false },
} satisfies Configuration['features']

/** The library forgets this scope without a word where it thinks it of no use; it is refused as any other that nobody knows. */
function droppedScopes({ oidc, query }: KoaContextWithOIDC): readonly string[] {
  const written = String(oidc.body?.scope ?? query.scope ?? '').split(' ')
  return written.filter((scope) => scope === 'offline_access')
}

/** To the library the platform's APIs are one resource server (RFC 8707), so that a scope published later needs no other provider. */
async function resourceServer(
  options: RealmConfigurationOptions,
  { ctx, indicator }: { readonly ctx: KoaContextWithOIDC; readonly indicator: string },
) {
  const { access, realm, habits, signIn } = options
  if (indicator !== options.resource) throw new errors.InvalidTarget()
  const opaque = { accessTokenFormat: 'opaque' } as const
  const { client, params, route } = ctx.oidc
  const clientId = client?.clientId ?? ''
  const identity = [...(signIn?.meaning.identity ?? [])]
  if (ctx.oidc.params?.grant_type === 'client_credentials') {
    const asked = options.exchangeOf(ctx)?.scopes ?? []
    const scope = (await provenScopes({ access, realm, habits }, clientId, { asked })).join(' ')
    if (params !== undefined) params.scope = scope || undefined
    return { scope, ...opaque }
  }
  if (route === 'authorization' || route === 'pushed_authorization_request') {
    checkState(ctx, habits.signIn)
    const asked = [...new Set([...ctx.oidc.requestParamScopes, ...droppedScopes(ctx)])]
    const scope = (await provenScopes({ access, realm, habits }, clientId, { asked, identity })).join(' ')
    if (params !== undefined) params.scope = scope || undefined
    return { scope, ...opaque }
  }
  await access.fresh(clientId)
  return { scope: [...access.allowedScopes(clientId, realm.name), ...identity].join(' '), ...opaque }
}
