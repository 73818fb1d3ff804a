import { createHmac, timingSafeEqual } from 'node:crypto'
import * as openid from 'openid-client'
import { type Identifiers, Problem } from '#base'
import type { JsonObject, UpstreamSignIn } from '#contract'
import { OAuthRefusal } from '../oauth-refusal.js'
import type { AccountsStore } from './accounts-store.js'
import { demandParameters, isMet, type UpstreamDemand } from './upstream-demand.js'
import { sendAway, type Visit } from './visit.js'

/** What the deployer says of an OpenID Provider elsewhere. */
export interface UpstreamSettings {
  /** For people to read, e.g. `FranceConnect`. */
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** An OpenID Provider elsewhere where people prove who they are. */
export interface Upstream {
  readonly name: string
  /** Sends the browser there on behalf of this interaction. */
  leave(visit: Visit, demand: UpstreamDemand): Promise<void>
  /** Takes the answer that came back for this interaction: who it is, or null when the person gave up there. */
  arrive(visit: Visit, demand: UpstreamDemand): Promise<Arrival | null>
  /** `/upstream/callback` and `/upstream/signed-out`. */
  handle(visit: Visit): Promise<void>
  /** Where signing out goes on; null: this person did not come from there, or it has no such place. */
  signOutUrl(sub: string, then: string): Promise<string | null>
}

/** Who came back. */
export interface Arrival {
  readonly sub: string
  /** When they proved who they are, in seconds since the epoch; null: it was not said. */
  readonly authTime: number | null
  /** The level that the realm asks for and this sign-in has; null: it asks for none. */
  readonly acr: string | null
}

interface Options {
  readonly settings: UpstreamSettings
  readonly wishes: UpstreamSignIn
  readonly accounts: AccountsStore
  readonly identifiers: Identifiers
  readonly cookieKey: string
  readonly issuerPath: string
  readonly resource: string
}

/** One library for both sides of the protocol: here Portique is the relying party. */
export function createUpstream({
  settings,
  wishes,
  accounts,
  identifiers,
  cookieKey,
  issuerPath,
  resource,
}: Options): Upstream {
  // Nothing is kept between leaving and coming back: what must not be guessed is derived from the interaction's name.
  const derive = (what: string, of: string) =>
    createHmac('sha256', cookieKey).update(`upstream:${what}:${of}`).digest('base64url')
  const stateOf = (uid: string) => `${uid}.${derive('state', uid)}`
  const redirectUri = `${resource}/upstream/callback`
  const signedOutUri = `${resource}/upstream/signed-out`
  let found: Promise<openid.Configuration> | undefined

  const configuration = (): Promise<openid.Configuration> => {
    found ??= discover(settings).catch((cause: unknown) => {
      found = undefined
      throw unreachable(cause)
    })
    return found
  }

  return {
    name: settings.name,
    async leave({ response }, demand) {
      const { uid } = demand
      const parameters = {
        redirect_uri: redirectUri,
        scope: wishes.scope,
        state: stateOf(uid),
        nonce: derive('nonce', uid),
        code_challenge: await openid.calculatePKCECodeChallenge(derive('verifier', uid)),
        code_challenge_method: 'S256',
        ...(wishes.acrValues !== null && { acr_values: wishes.acrValues }),
        ...demandParameters(demand),
      }
      sendAway(response, openid.buildAuthorizationUrl(await configuration(), parameters).href)
    },
    async arrive({ query }, demand) {
      const { uid } = demand
      if (query.get('error') === 'access_denied') return null
      const current = new URL(redirectUri)
      for (const [name, value] of query) current.searchParams.set(name, value)
      const client = await configuration()
      const tokens = await openid
        .authorizationCodeGrant(client, current, {
          pkceCodeVerifier: derive('verifier', uid),
          expectedState: stateOf(uid),
          expectedNonce: derive('nonce', uid),
          idTokenExpected: true,
        })
        .catch((cause: unknown) => {
          throw unreachable(cause)
        })
      const claims = tokens.claims()
      if (claims === undefined) throw unreachable(new Error('no ID token'))
      // Who asks for a level must see it in the answer: there it may be less (OpenID Connect Core section 5.5.1.1).
      if (wishes.acrValues !== null && !wishes.acrValues.split(' ').includes(String(claims.acr)))
        throw unreachable(new Error(`the level ${claims.acr} is not the one that was asked for`))
      if (!isMet(demand, claims as JsonObject))
        throw unreachable(new Error(`auth_time ${claims.auth_time} is not as recent as was asked for`))
      const shown = await openid.fetchUserInfo(client, tokens.access_token, claims.sub).catch((cause: unknown) => {
        throw unreachable(cause)
      })
      return {
        sub: await know(claims.sub, { ...claims, ...shown } as JsonObject, tokens.id_token),
        authTime: claims.auth_time ?? null,
        acr: wishes.acrValues === null ? null : String(claims.acr),
      }
    },
    async handle({ path, query, response }) {
      const state = query.get('state') ?? ''
      if (path === '/upstream/signed-out') return sendAway(response, opened(state))
      const [uid = ''] = state.split('.')
      if (!/^[\w-]+$/.test(uid) || !same(state, stateOf(uid))) throw strange()
      // Only the browser that left has the cookie of this interaction.
      sendAway(response, `${issuerPath}/interaction/${uid}/return?${new URLSearchParams([...query])}`)
    },
    async signOutUrl(sub, then) {
      const account = await accounts.find(sub)
      const client = account?.upstreamIdToken === undefined ? undefined : await configuration()
      if (client?.serverMetadata().end_session_endpoint === undefined) return null
      return openid.buildEndSessionUrl(client, {
        id_token_hint: account?.upstreamIdToken ?? '',
        post_logout_redirect_uri: signedOutUri,
        state: `${Buffer.from(then).toString('base64url')}.${derive('then', then)}`,
      }).href
    },
  }

  function opened(state: string): string {
    const then = Buffer.from(state.split('.')[0] ?? '', 'base64url').toString()
    if (!same(state.split('.')[1] ?? '', derive('then', then))) throw strange()
    return then
  }

  /** The account of whoever that is there, made at the first sign-in and brought up to date at each. */
  async function know(theirs: string, shown: JsonObject, idToken: string | undefined): Promise<string> {
    const key = `upstream:${JSON.stringify([settings.issuer, theirs])}`
    const before = await accounts.findByKey(key)
    const sub = before?.sub ?? identifiers.id('usr')
    const claims = Object.fromEntries(
      Object.entries(wishes.claims).flatMap(([own, name]) => (shown[name] === undefined ? [] : [[own, shown[name]]])),
    ) as JsonObject
    const { given_name = shown.given_name, family_name = shown.family_name } = claims
    const name = [given_name, family_name].filter((each) => typeof each === 'string').join(' ')
    await accounts.save({ sub, name, claims, ...(idToken !== undefined && { upstreamIdToken: idToken }) }, key)
    return sub
  }
}

function discover({ issuer, clientId, clientSecret }: UpstreamSettings): Promise<openid.Configuration> {
  const insecure = new URL(issuer).protocol === 'http:' ? { execute: [openid.allowInsecureRequests] } : {}
  return openid.discovery(new URL(issuer), clientId, undefined, openid.ClientSecretPost(clientSecret), insecure)
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const strange = () =>
  new OAuthRefusal(
    { error: 'expired', description: 'this answer is to no question of ours', status: 400 },
    { status: 400 },
  )

const unreachable = (cause: unknown) =>
  new Problem({
    code: 'authorization/upstream',
    status: 503,
    text: {
      fr: 'Le fournisseur d’identité ne répond pas comme il le doit.',
      en: 'The identity provider does not answer as it should.',
    },
    cause,
  })
