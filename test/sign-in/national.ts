import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createListener } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import Provider, { type AccountClaims, type ClientMetadata, type Configuration } from 'oidc-provider'
import { createPlace } from '../start/place.js'
import { startPortique } from '../start/portique.js'
import type { Browser, Seen } from './browser.js'
import { issuerOf, type RealmName } from './people.js'

/** A national provider of identities, as far as its public documentation tells what a relying party sees of it. */
export interface National {
  readonly name: string
  readonly realm: RealmName
  /** What its claims are, by the scopes that ask for them. */
  readonly claims: Readonly<Record<string, string[]>>
  readonly person: Omit<AccountClaims, 'sub'>
  /** The level at which people sign in there. */
  readonly acr: string
  readonly client?: Partial<ClientMetadata>
  readonly features?: Configuration['features']
  /** What we must have asked it for. */
  readonly asked: Readonly<Record<string, string | undefined>>
  /** What an application asks of us, and reads of the person. */
  readonly scope: string
  readonly read: Readonly<Record<string, string>>
}

export const franceConnect: National = {
  name: 'FranceConnect',
  realm: 'individu',
  claims: {
    openid: ['sub'],
    given_name: ['given_name'],
    family_name: ['family_name'],
    gender: ['gender'],
    email: ['email'],
  },
  person: {
    given_name: 'Camille',
    family_name: 'DURAND',
    gender: 'female',
    email: 'camille@exemple.fr',
  },
  acr: 'eidas1',
  asked: { scope: 'openid given_name family_name gender email', acr_values: 'eidas1' },
  scope: 'openid profile email api_peconnect-individuv1',
  read: { given_name: 'Camille', family_name: 'DURAND', gender: 'female', email: 'camille@exemple.fr' },
}

/** It signs what its userinfo endpoint says, and calls a family name otherwise. */
export const proConnect: National = {
  name: 'ProConnect',
  realm: 'agent',
  claims: { openid: ['sub'], given_name: ['given_name'], usual_name: ['usual_name'], email: ['email'] },
  person: {
    given_name: 'Dominique',
    usual_name: 'MOREAU',
    email: 'dominique@exemple.gouv.fr',
  },
  acr: 'eidas1',
  client: { userinfo_signed_response_alg: 'RS256' },
  features: { jwtUserinfo: { enabled: true } },
  asked: { scope: 'openid given_name usual_name email', acr_values: undefined },
  scope: 'openid profile email api_rechercher-usagerv2 rechercheusager profil_accedant',
  read: { given_name: 'Dominique', family_name: 'MOREAU', email: 'dominique@exemple.gouv.fr' },
}

/** Portique on the platform as it is shipped, one realm of it sending people to an oidc-provider of its own process. */
export async function delegated(t: TestContext, national: National) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const place = await createPlace({ name: 'embedded store', databaseUrl: null })
  const file = join(place.folder, 'upstreams.json')
  const client = { client_id: 'portique', client_secret: 'a-secret-of-the-deployer-0123456789' }
  writeFileSync(
    file,
    JSON.stringify({ [`france-travail/${national.realm}`]: { name: national.name, issuer: origin, ...client } }),
  )
  const portique = await startPortique(place, { PORT: String(await freePort()), PORTIQUE_UPSTREAMS: file })
  t.after(async () => {
    await portique.end('SIGKILL')
    await place.drop()
    server.closeAllConnections()
    server.close()
  })
  const issuer = issuerOf(portique, national.realm)
  const seen: Record<string, string | undefined>[] = []
  const provider = new Provider(origin, {
    clients: [
      {
        ...client,
        ...national.client,
        redirect_uris: [`${issuer}/upstream/callback`],
        post_logout_redirect_uris: [`${issuer}/upstream/signed-out`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    acrValues: ['eidas0', 'eidas1'],
    claims: { ...national.claims },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true }, ...national.features },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...national.person, sub }) }),
  })
  Object.defineProperty(provider.Session.prototype, 'acr', { get: () => national.acr, set: () => {} })
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.oidc?.route === 'authorization') seen.push({ ...ctx.oidc.params } as Record<string, string | undefined>)
  })
  server.on('request', provider.callback())
  return { portique, origin, seen, provider }
}

/** Signs in at the provider elsewhere from our sign-in page on, whatever pages it shows there, and agrees to what is asked here. */
export async function signInThere(browser: Browser, start: URL, name = 'x'): Promise<Seen> {
  const personas = await browser.go(start)
  const page = await browser.go(new URL('?account', personas.url))
  const href = /href="([^"]*\/upstream)"/.exec(page.text)?.[1] ?? ''
  let theirs = await browser.go(new URL(href, page.url))
  if (/name="login"/.test(theirs.text))
    theirs = await browser.submit(theirs, /\/interaction\//, { prompt: 'login', login: name, password: 'x' })
  if (/value="consent"/.test(theirs.text))
    theirs = await browser.submit(theirs, /\/interaction\//, { prompt: 'consent' })
  return /\/decision"/.test(theirs.text) ? browser.submit(theirs, /\/decision$/, { decision: 'accept' }) : theirs
}

async function freePort(): Promise<number> {
  const listener = createListener().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  listener.close()
  await once(listener, 'close')
  return port
}
