import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Access } from '#access'
import { type ApiVersion, environments, type Platform, type Realm } from '#contract'

interface Options {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
}

interface Asking {
  readonly clientId: string
  readonly clientAuthMethod?: string | undefined
}

interface TokenShown {
  readonly kind: string
  readonly clientId?: string | undefined
  readonly scope?: string | undefined
}

export interface Introspection {
  /** Whether the client may learn that this token is one. */
  allowed(client: Asking, token: TokenShown): Promise<boolean>
  /** Leaves of the library's answer what the client may see. */
  shape(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void>
}

/**
 * Who may ask what of a token (RFC 7662): its own application everything; an application that an API names as its provider's, whether the
 * token opens that API now, for whom, and by which of the API's scopes. All else is not active.
 */
export function createIntrospection({ access, platform, realm }: Options): Introspection {
  const openedTo = (clientId: string, token: TokenShown): readonly ApiVersion[] => {
    const [provider, caller] = [access.record(clientId), access.record(token.clientId ?? '')]
    if (provider?.access.state !== 'active' || caller?.access.state !== 'active') return []
    const held = new Set(token.scope?.split(' '))
    // Where the path tells the environment, an application is in both; elsewhere the sandbox's provider sees no token of production.
    const shared = platform.path.sandboxMarker !== null
    const places = shared ? environments : [caller.access.environment]
    if (!shared && provider.access.environment !== caller.access.environment) return []
    return provided(access, { platform, realm, clientId }).filter((api) =>
      places.some(
        (place) =>
          caller.access.subscriptions.has(`${place}|${api.id}`) && api.scopes[place].every((scope) => held.has(scope)),
      ),
    )
  }

  return {
    async allowed({ clientId, clientAuthMethod }, token) {
      // Section 2.1: whoever asks has proven who they are, which an application without a secret cannot.
      if (clientAuthMethod === 'none') return false
      if (token.clientId === clientId) return true
      if (token.kind === 'RefreshToken') return false
      await access.fresh(token.clientId ?? '')
      return openedTo(clientId, token).length > 0
    },
    async shape(ctx, next) {
      await next()
      const clientId = ctx.oidc?.client?.clientId
      if (ctx.oidc?.route !== 'introspection' || clientId === undefined) return
      const answer = ctx.body as { readonly active?: boolean; readonly client_id?: string; readonly scope?: string }
      if (answer.active !== true || answer.client_id === clientId) return
      const token = { kind: 'AccessToken', clientId: answer.client_id ?? '', scope: answer.scope ?? '' }
      const own = new Set(openedTo(clientId, token).flatMap(scopesOf))
      const scope = token.scope.split(' ').filter((each) => own.has(each))
      ctx.body = { ...answer, scope: scope.join(' ') }
    },
  }
}

interface ProvidedBy extends Omit<Options, 'access'> {
  readonly clientId: string
}

/** APIs of the realm whose provider this application is. */
export const provided = (access: Access, { platform, realm, clientId }: ProvidedBy): readonly ApiVersion[] =>
  access
    .snapshot()
    .apis.filter(
      (api) => api.platform === platform.id && api.realm === realm.name && api.introspection?.includes(clientId),
    )

const scopesOf = (api: ApiVersion) => [...api.scopes.production, ...api.scopes.sandbox, ...(api.dataScopes ?? [])]
