import type { InteractionResults, Provider } from 'oidc-provider'
import type { Access } from '#access'
import type { Platform, Realm } from '#contract'
import { languageOf } from '../language-of.js'
import { OAuthRefusal } from '../oauth-refusal.js'
import { renderConsentPage, renderPersonaPage, renderSignInPage, renderTooManyAttemptsPage } from '../pages/index.js'
import type { Accounts } from './accounts.js'
import type { SignInAudit } from './audit.js'
import { agreedScopes, consentGroups } from './consent-groups.js'
import { consentsClientId } from './consents-client.js'
import type { FormTokens } from './form-token.js'
import type { Interaction } from './interaction.js'
import { addScopes, type LoadGrantOptions } from './load-grant.js'
import type { People } from './people.js'
import { realmTitle } from './realm-title.js'
import type { Upstream } from './upstream.js'
import { upstreamDemand } from './upstream-demand.js'
import { sendAway, sendPage, type Visit } from './visit.js'

export interface InteractionOptions extends LoadGrantOptions {
  readonly platform: Platform
  readonly realm: Realm
  readonly access: Access
  readonly people: People
  readonly accounts: Accounts | null
  readonly upstream: Upstream | null
  readonly audit: SignInAudit
  readonly tokens: FormTokens
}

interface Step {
  readonly provider: Provider
  readonly interaction: Interaction
  readonly visit: Visit
  /** Path of this interaction's page. */
  readonly at: string
}

/** The pages between an application's request and its answer: who are you, and do you agree? */
export function createInteractions(options: InteractionOptions) {
  const { platform, realm, access, people, accounts, upstream, tokens } = options
  const { store, sessions, consents, grants, meaning, resource } = options

  const clientOf = ({ interaction }: Step) => String(interaction.params.client_id)
  const applicationOf = (step: Step) => ({
    name: access.record(clientOf(step))?.access.name ?? platform.title[step.visit.language],
  })
  const contextOf = (step: Step) => {
    const other = step.visit.language === 'fr' ? 'en' : 'fr'
    return {
      language: step.visit.language,
      otherLanguageHref: `${step.at}?lang=${other}`,
      realmTitle: realmTitle(platform, realm)[step.visit.language],
      application: applicationOf(step),
      csrf: tokens.field(step.interaction.uid),
    }
  }
  const send = ({ visit, interaction }: Step, html: string, status = 200) =>
    sendPage(visit.response, html, { status, formActionOrigins: [String(interaction.params.redirect_uri)] })

  /** Back to the library, on the host that the browser is on. */
  const finish = async ({ provider, visit }: Step, result: InteractionResults, merge = false) => {
    const returnTo = await provider
      .interactionResult(visit.request, visit.response, result, { mergeWithLastSubmission: merge })
      .catch(orExpired)
    sendAway(visit.response, new URL(returnTo).pathname)
  }
  /** Nobody is signed in whose sign-in is not on record. */
  const signedIn = async (
    step: Step,
    sub: string,
    {
      way,
      ...proof
    }: { readonly way: 'persona' | 'password' | 'upstream'; readonly ts?: number; readonly acr?: string },
  ) => {
    const note = { who: { sub }, clientId: clientOf(step), detail: { way } }
    // Known elsewhere, and not admitted here: a disabled account.
    if ((await people.find(sub, clientOf(step))) === undefined) {
      await options.audit.note({ action: 'sign-in-refused', ...note })
      return finish(step, denied)
    }
    await options.audit.note({ action: 'signed-in', ...note })
    return finish(step, { login: { accountId: sub, ...proof } })
  }

  const showSignIn = (
    step: Step,
    failure?: { readonly identifier: string; readonly failure: 'refused' | 'empty_identifier' | 'empty_password' },
  ) => {
    const { at, visit } = step
    const personas = people.personas(clientOf(step))
    const common = { ...contextOf(step), cancelAction: `${at}/cancel` }
    if (personas.length > 0 && failure === undefined && !visit.query.has('account')) {
      const shown = personas.map(({ id, name, situation }) => ({ id, name, situation: situation[visit.language] }))
      const others = accounts === null && upstream === null ? {} : { otherWaysHref: `${at}?account` }
      const choice = { action: `${at}/persona`, groups: [{ personas: shown }], ...others }
      return send(step, renderPersonaPage({ ...common, ...choice }))
    }
    const html = renderSignInPage({
      ...common,
      upstreams: upstream === null ? [] : [{ name: upstream.name, href: `${at}/upstream` }],
      ...(accounts !== null && { localAccount: { action: `${at}/account`, ...failure } }),
    })
    return send(step, html, failure === undefined ? 200 : 401)
  }

  const showConsent = async (step: Step) => {
    const { interaction, visit, at } = step
    const accountId = interaction.session?.accountId ?? ''
    const [person, before] = await Promise.all([
      people.find(accountId, clientOf(step)),
      consents.find(accountId, clientOf(step)),
    ])
    const purpose = access.record(clientOf(step))?.purpose ?? undefined
    const html = renderConsentPage({
      ...contextOf(step),
      ...(purpose !== undefined && { purpose }),
      person: person?.name ?? '',
      groups: consentGroups(interaction, { access, platform, realm, meaning, language: visit.language, resource }),
      durationSeconds: null,
      ...(realm.flows.includes('refresh_token') && { unseenSeconds: realm.refreshTokenSeconds }),
      consentsHref: `${realm.issuerPath}/consents`,
      ...(before !== undefined && { more: true }),
      action: `${at}/decision`,
    })
    return send(step, html)
  }

  const actions: Readonly<Record<string, (step: Step) => unknown>> = {
    async persona(step) {
      wanted(step, 'login')
      const person = people.persona(step.visit.form.get('persona') ?? '', clientOf(step))
      if (person === undefined) throw notHere()
      return signedIn(step, person.sub, { way: 'persona' })
    },
    async account(step) {
      wanted(step, 'login')
      if (accounts === null) throw notHere()
      const identifier = step.visit.form.get('identifier') ?? ''
      const password = step.visit.form.get('password') ?? ''
      if (identifier === '') return showSignIn(step, { identifier, failure: 'empty_identifier' })
      if (password === '') return showSignIn(step, { identifier, failure: 'empty_password' })
      const outcome = await accounts.signIn({ identifier, password, address: step.visit.address })
      if (outcome.kind === 'person') return signedIn(step, outcome.sub, { way: 'password' })
      if (outcome.kind === 'refused') return showSignIn(step, { identifier, failure: 'refused' })
      const { retryAfterSeconds } = outcome
      const html = renderTooManyAttemptsPage({ language: step.visit.language, retryAfterSeconds, retryHref: step.at })
      return sendPage(step.visit.response, html, { status: 429, headers: ['Retry-After', String(retryAfterSeconds)] })
    },
    decision: (step) => {
      wanted(step, 'consent')
      return step.visit.form.get('decision') === 'accept' ? agree(step) : refuse(step)
    },
    cancel: (step) => finish(step, { ...denied, cancelled: true }),
  }

  const agree = async (step: Step): Promise<void> => {
    const { provider, interaction } = step
    const { accountId = '', uid: sessionUid = '' } = interaction.session ?? {}
    const clientId = clientOf(step)
    const found = interaction.grantId === undefined ? undefined : await provider.Grant.find(interaction.grantId)
    const grant = found ?? new provider.Grant({ accountId, clientId })
    const scopes = agreedScopes(interaction)
    addScopes(grant, scopes, { meaning, resource })
    const written = await store.transaction(async (transaction) => {
      if (!(await sessions.hold(transaction, sessionUid))) throw expired()
      await consents.remember(transaction, { accountId, clientId, scopes: scopes.filter(meaning.needsConsent) })
      return grants.write(transaction, { grant, known: found !== undefined, sessionUid })
    })
    // Withdrawn while it was read: what the person agrees to now is given anew.
    if (!written) return agree(step)
    await finish(step, { consent: { grantId: grant.jti } }, true)
  }
  const refuse = (step: Step) => finish(step, denied)

  const arrive = async (step: Step) => {
    wanted(step, 'login')
    if (upstream === null) throw notHere()
    const arrived = await upstream.arrive(step.visit, upstreamDemand(step.interaction))
    if (arrived === null) return finish(step, { ...denied, cancelled: true })
    const { sub, authTime, acr } = arrived
    return signedIn(step, sub, { way: 'upstream', ts: authTime ?? longAgo, ...(acr !== null && { acr }) })
  }

  const upstreamStep = async (step: Step) => {
    wanted(step, 'login')
    if (upstream === null) throw notHere()
    return upstream.leave(step.visit, upstreamDemand(step.interaction))
  }

  return async (provider: Provider, visit: Visit, { uid, action }: { uid: string; action: string | undefined }) => {
    const { request, response, method } = visit
    const interaction = await provider.interactionDetails(request, response).catch(orExpired)
    if (interaction.uid !== uid) throw expired()
    const language = languageOf(request, visit.query, interaction.params.ui_locales)
    const step: Step = {
      ...{ provider, interaction, visit: { ...visit, language } },
      at: `${realm.issuerPath}/interaction/${uid}`,
    }
    await access.fresh(clientOf(step))
    if (clientOf(step) !== consentsClientId && access.record(clientOf(step))?.access.state !== 'active') throw expired()
    if (method === 'GET' && action === 'upstream') return upstreamStep(step)
    if (method === 'GET' && action === 'return') return arrive(step)
    if (method === 'GET') return interaction.prompt.name === 'consent' ? showConsent(step) : showSignIn(step)
    tokens.check(uid, visit.form)
    const act = action === undefined || !Object.hasOwn(actions, action) ? undefined : actions[action]
    if (act === undefined) throw notHere()
    await act(step)
  }
}

/** Of a sign-in elsewhere whose time was not said: a later `max_age` finds it too old and asks there. */
const longAgo = 1

const denied = { error: 'access_denied', error_description: 'Resource Owner did not authorize the request' }

function wanted({ interaction }: Step, prompt: string): void {
  if (interaction.prompt.name !== prompt) throw expired()
}

const expired = () =>
  new OAuthRefusal(
    { error: 'expired', description: 'the sign-in was begun too long ago', status: 400 },
    { status: 400 },
  )

function orExpired(error: unknown): never {
  throw error instanceof Error && error.name === 'SessionNotFound' ? expired() : error
}

const notHere = () =>
  new OAuthRefusal({ error: 'invalid_request', description: 'nothing of this name here', status: 400 }, { status: 400 })
