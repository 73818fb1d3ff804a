import assert from 'node:assert/strict'
import * as openid from 'openid-client'
import type { DevApplication } from '../start/dev-file.js'
import type { Portique } from '../start/portique.js'
import { type Browser, createBrowser, type Seen } from './browser.js'

export type RealmName = 'individu' | 'employeur' | 'agent'

/** Who signs in to each realm, and what an application may ask of them. */
export const everyday = {
  individu: {
    persona: 'angela-martin',
    scope: 'openid profile email api_peconnect-individuv1 api_peconnect-coordonneesv1 coordonnees',
  },
  employeur: { persona: 'helene-marchand', scope: 'openid profile email habilitation api_peconnect-entreprisev1' },
  agent: { persona: 'julie-caron', scope: 'openid profile api_rechercher-usagerv2 rechercheusager' },
} as const

export const issuerOf = ({ url }: Pick<Portique, 'url'>, realm: string): string =>
  `${url}/connexion/oauth2/realms/root/realms/${realm}`

export function applicationOf({ dev }: Portique, type: 'private' | 'public'): DevApplication {
  const found = dev.applications.find(
    (each) => each.platform === 'france-travail' && each.environment === 'production' && each.type === type,
  )
  assert.ok(found, `dev.json names no ${type} application`)
  return found
}

export const redirectUri = 'http://127.0.0.1:8000/callback'

/** A relying party of the kind that integrators write, with the library that they use. */
export async function relyingParty(portique: Portique, realm: RealmName, application: DevApplication) {
  const secret = application.client_secret
  return openid.discovery(
    new URL(issuerOf(portique, realm)),
    application.client_id,
    undefined,
    secret === null ? openid.None() : openid.ClientSecretPost(secret),
    { execute: [openid.allowInsecureRequests] },
  )
}

export interface SignedIn {
  readonly browser: Browser
  readonly callback: URL
}

/** Signs a persona in from the authorization address on, agreeing to what is asked. */
export async function signIn(start: URL, persona: string, browser = createBrowser(start.origin)): Promise<SignedIn> {
  let page = await browser.go(start)
  if (/name="persona"/.test(page.text)) page = await browser.submit(page, /\/persona$/, { persona })
  if (/\/decision"/.test(page.text)) page = await browser.submit(page, /\/decision$/, { decision: 'accept' })
  return { browser, callback: landed(page) }
}

/** The address at the application where the browser ended. */
export function landed(page: Seen): URL {
  assert.ok(
    page.location,
    `the browser is not at the application but at ${page.url} (${page.status}): ${page.text.slice(0, 1500)}`,
  )
  return page.location
}

/** The code flow from end to end, with PKCE. */
export async function signedInTokens(
  portique: Portique,
  realm: RealmName,
  {
    scope = everyday[realm].scope as string,
    persona = everyday[realm].persona as string,
    type = 'private' as 'private' | 'public',
    browser = createBrowser(portique.url),
  } = {},
) {
  const application = applicationOf(portique, type)
  const configuration = await relyingParty(portique, realm, application)
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const start = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const { callback } = await signIn(start, persona, browser)
  const tokens = await openid.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  })
  return { application, configuration, callback, tokens, browser, state, nonce, verifier }
}

export const call = (portique: Portique, path: string, token: string): Promise<Response> =>
  fetch(`${portique.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
