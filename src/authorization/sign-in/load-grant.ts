import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { Store } from '#storage'
import type { Consents } from '../consents/consents.js'
import type { GivenGrants } from '../consents/given-grants.js'
import { isKept, SessionEnded } from './keep-sessions.js'
import type { ScopeMeaning } from './scope-meaning.js'
import type { Sessions } from './sessions.js'

export interface LoadGrantOptions {
  readonly store: Store
  readonly consents: Consents
  readonly grants: GivenGrants
  readonly sessions: Sessions
  readonly meaning: ScopeMeaning
  /** The one resource server that the platform's APIs are to the library. */
  readonly resource: string
}

/**
 * The grant on which an application's request can be answered: the one of its last sign-in in this browser, or a new one where
 * the person need not be asked, because nothing personal is asked for or all of it was allowed before.
 */
export function createLoadGrant(options: LoadGrantOptions) {
  const { store, consents, grants, sessions, meaning, resource } = options

  /** Gives it while the session and the consent that it rests on are held; false: one of them changed meanwhile. */
  const give = (ctx: KoaContextWithOIDC, { grant, known, missing }: Giving): Promise<boolean> =>
    store.transaction(async (transaction) => {
      const { session } = ctx.oidc
      const { accountId = '', clientId = '' } = grant
      const sessionUid = session?.uid ?? ''
      if (session !== undefined && isKept(session) && !(await sessions.hold(transaction, sessionUid)))
        throw new SessionEnded('the session was ended')
      const asked = missing.filter(meaning.needsConsent)
      if (asked.length > 0) {
        const allowed = new Set(await consents.hold(transaction, { accountId, clientId }))
        if (asked.some((scope) => !allowed.has(scope))) return false
      }
      // Not asked for, and yet to be seen and ended on the person's page.
      const seen = meaning.asks ? [] : missing.filter(meaning.isPersonal)
      if (seen.length > 0) await consents.remember(transaction, { accountId, clientId, scopes: seen, asked: false })
      return grants.write(transaction, { grant, known, sessionUid })
    })

  return async function load(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
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
    return (await give(ctx, { grant, known: before !== undefined, missing })) ? grant : load(ctx)
  }
}

interface Giving {
  readonly grant: Grant
  readonly known: boolean
  readonly missing: readonly string[]
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
