import type { Provider } from 'oidc-provider'
import type { Access } from '#access'
import type { Clock, Log } from '#base'
import type { Platform, Realm } from '#contract'
import type { Consents } from '../consents/consents.js'
import { renderConsentsPage } from '../pages/index.js'
import { consentsClientId } from './consents-client.js'
import type { FormTokens } from './form-token.js'
import type { People } from './people.js'
import { realmTitle } from './realm-title.js'
import type { ScopeMeaning } from './scope-meaning.js'
import { sendAway, sendPage, type Visit } from './visit.js'

export interface ConsentsVisitOptions {
  readonly platform: Platform
  readonly realm: Realm
  readonly access: Access
  readonly people: People
  readonly consents: Consents
  readonly meaning: ScopeMeaning
  readonly tokens: FormTokens
  readonly resource: string
  readonly clock: Clock
  readonly log: Log
  /** Tells the application, where it asked to be told. */
  readonly sendNotices: () => Promise<void>
}

/** The person's own page: which application sees what, and one click to end it. */
export function createConsentsVisit(options: ConsentsVisitOptions) {
  const { platform, realm, access, people, consents, meaning, tokens } = options
  const at = `${realm.issuerPath}/consents`
  const subjectOf = (session: { readonly uid: string }) => `consents:${session.uid}`
  const nameOf = (clientId: string) => access.record(clientId)?.access.name ?? clientId

  const show = async (visit: Visit, session: { readonly uid: string; readonly accountId: string }) => {
    const { language, query } = visit
    const [person, given] = await Promise.all([
      people.find(session.accountId, consentsClientId),
      consents.ofAccount(session.accountId),
    ])
    // The page says nothing that an address could put into its mouth.
    const withdrawn = access.record(query.get('withdrawn') ?? '')
    const html = renderConsentsPage({
      language,
      otherLanguageHref: visit.otherLanguageHref ?? at,
      realmTitle: realmTitle(platform, realm)[language],
      person: person?.name ?? '',
      consents: given.map(({ clientId, scopes, since, lastUsedAt }) => ({
        id: clientId,
        application: { name: nameOf(clientId) },
        scopes: scopes.map((scope) => meaning.describe(scope)?.[language] ?? scope),
        since,
        lastUse: lastUsedAt,
        endsAt: null,
      })),
      csrf: tokens.field(subjectOf(session)),
      withdrawAction: `${at}/withdraw`,
      signOutAction: `${realm.issuerPath}/session/end`,
      decidedElsewhere: !meaning.asks,
      ...(withdrawn?.access.platform === platform.id && { withdrawn: withdrawn.access.name }),
    })
    sendPage(visit.response, html)
  }

  const withdraw = async (visit: Visit, session: { readonly uid: string; readonly accountId: string }) => {
    tokens.check(subjectOf(session), visit.form)
    const clientId = visit.form.get('consent') ?? ''
    const { accountId } = session
    if (await consents.withdraw(accountId, clientId)) {
      options.log.info('authorization.consent-withdrawn', {
        realm: `${platform.id}/${realm.name}`,
        application: clientId,
      })
      void options.sendNotices()
    }
    sendAway(visit.response, `${at}?withdrawn=${encodeURIComponent(clientId)}`)
  }

  return async (provider: Provider, visit: Visit) => {
    const context = provider.createContext(visit.request, visit.response)
    const session = await provider.Session.get(context)
    const { accountId, uid } = session
    if (accountId === undefined) return sendAway(visit.response, signInFirst(options))
    return visit.method === 'POST' ? withdraw(visit, { uid, accountId }) : show(visit, { uid, accountId })
  }
}

/** The library signs the person in for the page as for any application. */
function signInFirst({ platform, realm, resource }: ConsentsVisitOptions): string {
  const parameters = new URLSearchParams({
    client_id: consentsClientId,
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${resource}/consents`,
    code_challenge: 'A'.repeat(43),
    code_challenge_method: 'S256',
  })
  return `${realm.issuerPath}${platform.oauth?.signIn?.authorizePath ?? '/authorize'}?${parameters}`
}
