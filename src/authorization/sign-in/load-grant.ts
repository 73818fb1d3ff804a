import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { Consents } from '../consents/consents.js'
import type { ScopeMeaning } from './scope-meaning.js'

export interface LoadGrantOptions {
  readonly consents: Consents
  readonly meaning: ScopeMeaning
  readonly resource: string
}

/**
 * The grant on which an application's request can be answered: the one of its last sign-in in this browser, or a new one where
 * the person need not be asked, because nothing personal is asked for or all of it was allowed before.
 */
export function createLoadGrant({ consents, meaning, resource }: LoadGrantOptions) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { client, session, result, account, provider, requestParamScopes } = ctx.oidc
    if (client === undefined || account === undefined) return undefined
    const { accountId } = account
    const { clientId } = client
    const id = result?.consent?.grantId ?? session?.grantIdFor(clientId)
    const found = id === undefined ? undefined : await provider.Grant.find(id)
    const before = found?.accountId === accountId && found.clientId === clientId ? found : undefined
    const held = new Set(before?.getResourceScopeEncountered(resource).split(' '))
    const missing = [...requestParamScopes].filter((scope) => !held.has(scope))
    if (missing.length === 0) return before
    const allowed = new Set((await consents.find(accountId, clientId))?.scopes)
    if (missing.some((scope) => meaning.needsConsent(scope) && !allowed.has(scope))) return before
    const grant = before ?? new provider.Grant({ accountId, clientId })
    addScopes(grant, missing, { meaning, resource })
    await grant.save()
    // Not asked for, and yet to be seen and ended on the person's page.
    const seen = meaning.asks ? [] : missing.filter(meaning.isPersonal)
    if (seen.length > 0) await consents.remember({ accountId, clientId, scopes: seen, asked: false })
    return grant
  }
}

/** To the library a scope of the realm's identity is its own and one of the resource server's too, so that one token serves both. */
export function addScopes(
  grant: Grant,
  scopes: readonly string[],
  { meaning, resource }: Pick<LoadGrantOptions, 'meaning' | 'resource'>,
): void {
  const identity = scopes.filter((scope) => meaning.identity.has(scope))
  if (identity.length > 0) grant.addOIDCScope(identity.join(' '))
  grant.addResourceScope(resource, scopes.join(' '))
}
