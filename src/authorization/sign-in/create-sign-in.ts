import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { randomIdentifiers } from '#base'
import { type OAuthHabits, standardSignInHabits } from '#contract'
import { pageHeaders } from '#theme'
import { type Consents, createConsents } from '../consents/consents.js'
import { createGivenGrants } from '../consents/given-grants.js'
import { createNotices } from '../consents/notices.js'
import { languageOf, otherLanguageHref } from '../language-of.js'
import { renderSignedOutPage, renderSignOutPage } from '../pages/index.js'
import type { RealmOptions } from '../realm.js'
import { realmKeys } from '../realm-keys.js'
import { type AccountVerbs, createAccountVerbs } from './account-verbs.js'
import { type Accounts, createAccounts } from './accounts.js'
import { createAccountsStore } from './accounts-store.js'
import { createAttempts } from './attempts.js'
import { createSignInAudit } from './audit.js'
import { createConsentsVisit } from './consents-visit.js'
import { errorKindOf, showError } from './error-visit.js'
import { createFormTokens } from './form-token.js'
import { createInteractions } from './interactions.js'
import { keepSessions } from './keep-sessions.js'
import { noteRefusals } from './note-refusals.js'
import { createPeople } from './people.js'
import { realmTitle } from './realm-title.js'
import { createScopeMeaning, signInOf } from './scope-meaning.js'
import { createSessions } from './sessions.js'
import { type Repost, shapeAnswers } from './shape-answers.js'
import type { SignInConfigurationOptions } from './sign-in-configuration.js'
import { createUpstream } from './upstream.js'
import type { Visits } from './visits.js'
import { xsrfOf } from './xsrf-of.js'

export interface SignInOptions extends RealmOptions {
  /** `<platform>/<realm>` */
  readonly name: string
  readonly habits: OAuthHabits
  readonly cookieKey: string
  readonly resource: string
}

/** What a realm has where people sign in. */
export interface SignIn {
  readonly configuration: SignInConfigurationOptions
  readonly consents: Consents
  /** Null: the realm keeps no passwords. */
  readonly accounts: Accounts | null
  readonly accountVerbs: AccountVerbs
  /** Teaches a provider of the library this realm's ways. */
  attach(provider: Provider): void
  close(): Promise<void>
  repostOf(request: IncomingMessage): Repost | undefined
  visits(provider: () => Promise<Provider>): Visits
}

export function createSignIn(options: SignInOptions): SignIn {
  const { platform, realm, access, store, vault, clock, log, name, resource, dialect, personaPlaces } = options
  const habits = options.habits.signIn ?? standardSignInHabits
  const audit = createSignInAudit({
    ...{ store, clock, identifiers: randomIdentifiers, realm: name, key: options.cookieKey },
  })
  const { lastUse } = options
  const notices = createNotices({
    ...{ store, realm: name, access, clock, log, identifiers: randomIdentifiers, issuer: resource },
    keys: () => realmKeys(options, name, 'RS256'),
    eventNetworks: options.eventNetworks ?? [],
  })
  const grants = createGivenGrants({ vault, clock, realm: name })
  const sessions = createSessions({ store, vault, clock, realm: name, grants, audit })
  const consents = createConsents({ store, clock, realm: name, lastUse, audit, grants, onWithdrawn: notices.owe })
  const accountsStore = createAccountsStore({ store, vault, realm: name })
  const findAccount = async (sub: string) => {
    const account = await accountsStore.find(sub)
    return account?.disabledAt === null ? account : undefined
  }
  const people = createPeople({ access, platform, realm, personaPlaces, findAccount })
  const meaning = createScopeMeaning(access, platform, realm)
  const tokens = createFormTokens(options.cookieKey)
  const service = [...Object.values(platform.title), ...Object.values(realmTitle(platform, realm)), 'Portique']
  const attempts = createAttempts({ store, clock, realm: name, key: options.cookieKey })
  const accounts = signInOf(realm).accounts
    ? createAccounts({
        accounts: accountsStore,
        attempts,
        log,
        identifiers: randomIdentifiers,
        realm: name,
        audit,
        service,
      })
    : null
  const settings = options.upstreams?.get(name)
  const wishes = signInOf(realm).upstream
  const upstream =
    settings === undefined || wishes === null
      ? null
      : createUpstream({
          ...{ settings, wishes, accounts: accountsStore, identifiers: randomIdentifiers },
          ...{ cookieKey: options.cookieKey, issuerPath: realm.issuerPath, resource },
        })
  const answers = shapeAnswers({
    realm,
    dialect,
    habits,
    resource,
    signOutUrl: async (sub, then) => (await upstream?.signOutUrl(sub, then)) ?? null,
  })
  const given = { store, consents, grants, sessions, meaning, resource }
  const common = { ...given, platform, realm, access, people, tokens }
  const interactions = createInteractions({
    ...common,
    accounts,
    upstream,
    audit,
  })
  const consentsVisit = createConsentsVisit({ ...common, clock, log, sendNotices: notices.send })

  return {
    consents,
    accounts,
    accountVerbs: createAccountVerbs({
      ...{ store, clock, realm: name, accounts: accountsStore, sessions, grants, consents, audit, service },
    }),
    configuration: {
      ...given,
      realm,
      habits,
      people,
      acrValues: upstream === null ? [] : (wishes?.acrValues?.split(' ') ?? []),
      renderError: (ctx, out, error) => {
        const technical = [out.error, out.error_description].filter((each) => each !== undefined).join(': ')
        page(ctx, showError({ ...errorKindOf(error, out), ...languageIn(ctx), technical, response: ctx.res }))
      },
      renderSignOut: (ctx) => {
        const redirect = ctx.oidc.params?.post_logout_redirect_uri
        page(
          ctx,
          signOutPage(ctx),
          [redirect, settings?.issuer].flatMap((each) => (each === undefined ? [] : [String(each)])),
        )
      },
      renderSignedOut: (ctx) => page(ctx, renderSignedOutPage(titled(ctx))),
    },
    attach(provider) {
      answers.attach(provider)
      keepSessions(provider, { sessions, resource })
      noteRefusals(provider, { log, realm: name, audit, refusals: options.refusals })
      // Codes redeemed and tokens renewed are what the person reads as the last use.
      provider.on('grant.success', ({ oidc }) => {
        const { grantId, accountId, clientId } = oidc.entities.AccessToken ?? {}
        if (grantId === undefined || accountId === undefined || clientId === undefined) return
        lastUse.note({ grantId, realm: name, accountId, clientId })
      })
    },
    repostOf: answers.repostOf,
    close: notices.close,
    visits: (provider) => ({
      handle(visit) {
        const [, kind, uid = '', action] =
          /^\/(interaction|consents|upstream)(?:\/([\w-]+))?(?:\/([a-z]+))?$/.exec(visit.path) ?? []
        if (kind === 'interaction') return provider().then((own) => interactions(own, visit, { uid, action }))
        if (kind === 'upstream' && upstream !== null) return upstream.handle(visit)
        if (kind === 'consents') return provider().then((own) => consentsVisit(own, visit))
        return false
      },
    }),
  }

  function titled(ctx: KoaContextWithOIDC) {
    const { language, otherLanguageHref } = languageIn(ctx)
    const link = otherLanguageHref === undefined ? {} : { otherLanguageHref }
    return { language, realmTitle: realmTitle(platform, realm)[language], ...link }
  }

  function signOutPage(ctx: KoaContextWithOIDC): string {
    const application = access.record(ctx.oidc.client?.clientId ?? '')?.access.name
    return renderSignOutPage({
      ...titled(ctx),
      ...(application !== undefined && { application: { name: application } }),
      csrf: { name: 'xsrf', value: xsrfOf(ctx) },
      action: `${realm.issuerPath}/session/end/confirm`,
    })
  }
}

function languageIn({ req, query }: KoaContextWithOIDC) {
  const language = languageOf(req, new Map(Object.entries(query).map(([name, value]) => [name, String(value)])))
  return { language, otherLanguageHref: otherLanguageHref(req, language) }
}

function page(ctx: KoaContextWithOIDC, html: string, formActionOrigins: readonly string[] = []): void {
  for (const [name, value] of Object.entries(pageHeaders({ formActionOrigins }))) ctx.set(name, value)
  ctx.type = 'html'
  ctx.body = html
}
