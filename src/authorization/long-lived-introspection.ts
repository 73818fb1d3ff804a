import type { Access, ProvenToken } from '#access'
import type { ApiVersion, Environment, SubscriptionKey } from '#contract'

/** What RFC 7662 section 2.2 lets be said of a token. Times are seconds since the epoch. */
export interface LongLivedAnswer {
  readonly active: true
  readonly scope: string
  readonly client_id: string
  readonly token_type: 'Bearer'
  readonly exp: number
  readonly jti: string
}

export interface LongLivedOptions {
  readonly access: Access
  readonly platform: string
  /** The APIs of which a client is the provider, and where it may ask of a caller's tokens. */
  providedTo(clientId: string, callerId: string): readonly ProvidedApi[]
}

export interface ProvidedApi {
  readonly api: ApiVersion
  readonly places: readonly Environment[]
}

/**
 * The same question of a long-lived token, of which the library knows nothing: what the store says of it now, by its `jti`. Undefined: it is
 * none of ours, has ended, or is not the client's to ask about. Rejects when the store does not answer.
 */
export async function introspectLongLived(
  { access, platform, providedTo }: LongLivedOptions,
  clientId: string,
  text: string,
): Promise<LongLivedAnswer | undefined> {
  const token = await access.tokens.prove(text, 'fromStore')
  if ('code' in token) return undefined
  const holder = await access.fresh(token.applicationId, 'fromStore')
  if (holder?.access.platform !== platform || holder.access.state !== 'active') return undefined
  const shown =
    clientId === token.applicationId
      ? [...token.scopes]
      : openedBy(token, holder.access.subscriptions, providedTo(clientId, token.applicationId))
  return shown === undefined
    ? undefined
    : {
        active: true,
        scope: shown.join(' '),
        client_id: token.applicationId,
        token_type: 'Bearer',
        exp: Math.floor(token.expiresAt / 1000),
        jti: token.tokenId,
      }
}

/** The scopes of those APIs that the token opens; undefined: it opens none of them. */
function openedBy(
  token: ProvenToken,
  subscriptions: ReadonlyMap<SubscriptionKey, unknown>,
  provided: readonly ProvidedApi[],
): readonly string[] | undefined {
  const opened = provided.flatMap(({ api, places }) =>
    places
      .filter(
        (place) =>
          (subscriptions.has(`${place}|${api.id}`) || token.ownSubscription?.(api, place) !== undefined) &&
          opens(token, api, place),
      )
      .map((place) => [...api.scopes[place], ...(api.dataScopes ?? [])]),
  )
  return opened.length === 0 ? undefined : [...new Set(opened.flat())].filter((scope) => token.scopes.has(scope))
}

/** As each call is judged: all scopes that the API asks for, and one of those that shape its answers. */
function opens({ scopes }: ProvenToken, api: ApiVersion, place: Environment): boolean {
  if (!api.scopes[place].every((scope) => scopes.has(scope))) return false
  return api.shapingScopes !== true || (api.dataScopes ?? []).some((scope) => scopes.has(scope))
}
