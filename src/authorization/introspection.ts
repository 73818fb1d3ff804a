import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Access } from '#access'
import { type ApiVersion, environments, type Platform, type Realm } from '#contract'
import { introspectLongLived, type ProvidedApi } from './long-lived-introspection.js'
import type { Exchange } from './realm.js'

interface Options {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined
  /** Told of a store that does not answer: then nothing is said of the token. */
  readonly failed: (ctx: KoaContextWithOIDC, error: unknown) => void
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
 * token opens that API now, for whom, and by which of the API's scopes. All else is not active. Tokens of the realm and long-lived ones alike.
 */
export function createIntrospection({ access, platform, realm, exchangeOf, failed }: Options): Introspection {
  /** Where the path tells the environment, an application is in both; elsewhere the sandbox's provider sees no token of production. */
  const providedTo = (clientId: string, callerId: string): readonly ProvidedApi[] => {
    const [provider, caller] = [access.record(clientId), access.record(callerId)]
    if (provider?.access.state !== 'active' || caller?.access.state !== 'active') return []
    const shared = platform.path.sandboxMarker !== null
    if (!shared && provider.access.environment !== caller.access.environment) return []
    const places = shared ? environments : [caller.access.environment]
    return provided(access, { platform, realm, clientId }).map((api) => ({ api, places }))
  }
  const openedTo = (clientId: string, { clientId: callerId = '', scope }: TokenShown): readonly ApiVersion[] => {
    const held = new Set(scope?.split(' '))
    const subscriptions = access.record(callerId)?.access.subscriptions
    return providedTo(clientId, callerId)
      .filter(({ api, places }) =>
        places.some(
          (place) =>
            subscriptions?.has(`${place}|${api.id}`) === true && api.scopes[place].every((each) => held.has(each)),
        ),
      )
      .map(({ api }) => api)
  }

  const answerLongLived = async (ctx: KoaContextWithOIDC, clientId: string): Promise<void> => {
    const text = exchangeOf(ctx)?.structuredToken
    if (text === undefined) return
    try {
      const options = { access, platform: platform.id, providedTo }
      ctx.body = (await introspectLongLived(options, clientId, text)) ?? ctx.body
    } catch (error) {
      failed(ctx, error)
    }
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
      const client = ctx.oidc?.client
      if (ctx.oidc?.route !== 'introspection' || client === undefined) return
      const { clientId, clientAuthMethod } = client
      const answer = ctx.body as { readonly active?: boolean; readonly client_id?: string; readonly scope?: string }
      if (answer.active === false && clientAuthMethod !== 'none') await answerLongLived(ctx, clientId)
      if (answer.active !== true || answer.client_id === clientId) return
      const token = { kind: 'AccessToken', clientId: answer.client_id ?? '', scope: answer.scope ?? '' }
      const own = new Set(openedTo(clientId, token).flatMap(scopesOf))
      const scope = token.scope.split(' ').filter((each) => own.has(each))
      ctx.body = { ...answer, scope: scope.join(' ') }
    },
  }
}

interface ProvidedBy extends Pick<Options, 'platform' | 'realm'> {
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
