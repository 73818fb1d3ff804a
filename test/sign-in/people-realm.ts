import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import Provider from 'oidc-provider'
import * as openid from 'openid-client'
import { createAccess } from '#access'
import { createAuthorization } from '#authorization'
import { createLog, randomIdentifiers, silentLog } from '#base'
import { dialectOf, type Realm } from '#contract'
import { createCallerAddress } from '#gateway'
import { exampleCatalog } from '../example/catalog.js'
import { makeExampleKey } from '../example/signing-key.js'
import { exampleStore } from '../example/store.js'
import { issuerPath, standardPeople } from './standard-people.js'

export const redirectUri = 'https://rp.example/callback'

const listening = async (t: TestContext): Promise<{ server: Server; origin: string }> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Another oidc-provider, playing FranceConnect or ProConnect: whoever signs in there is Camille, and userinfo is a signed JWT as theirs is. */
async function elsewhere(t: TestContext, resource: string) {
  const { server, origin } = await listening(t)
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: 'portique',
        client_secret: 'a-secret-of-the-deployer',
        redirect_uris: [`${resource}/upstream/callback`],
        post_logout_redirect_uris: [`${resource}/upstream/signed-out`],
        token_endpoint_auth_method: 'client_secret_post',
        userinfo_signed_response_alg: 'RS256',
      },
    ],
    acrValues: ['eidas1'],
    claims: { openid: ['sub'], profile: ['given_name', 'family_name'], email: ['email'] },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true }, jwtUserinfo: { enabled: true } },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, given_name: 'Camille', family_name: 'DURAND', email: 'camille@exemple.fr' }),
    }),
  })
  const seen: Record<string, unknown>[] = []
  const behaviour = { ageSeconds: 0, ignores: false }
  Object.assign(provider.Session.prototype, {
    authTime(this: { loginTs?: number }) {
      return (this.loginTs ?? 0) - behaviour.ageSeconds
    },
  })
  Object.defineProperty(provider.Session.prototype, 'acr', { get: () => 'eidas1', set: () => {} })
  provider.use(async (ctx, next) => {
    if (ctx.path === '/auth') seen.push({ ...ctx.query })
    if (behaviour.ignores && ctx.path === '/auth') {
      const { prompt: _, max_age: __, ...rest } = ctx.query
      ctx.query = rest
    }
    await next()
  })
  server.on('request', provider.callback())
  return {
    origin,
    /** The authorization requests that it got. */
    seen,
    /** What it makes of them: how long ago it says people signed in, and whether `prompt` and `max_age` mean nothing to it. */
    behaviour,
    /** It is down from now on. */
    stop: () => server.close().closeAllConnections(),
    settings: { name: 'FranceConnect', issuer: origin, clientId: 'portique', clientSecret: 'a-secret-of-the-deployer' },
  }
}

/** A platform that follows the standards, with a realm whose people have passwords or come from elsewhere, behind one proxy that is trusted. */
export async function peopleRealm(t: TestContext, databaseUrl?: string, settings: Partial<Realm> = {}) {
  const lines: string[] = []
  const platform = { ...standardPeople, realms: standardPeople.realms.map((realm) => ({ ...realm, ...settings })) }
  let now = Date.now()
  const clock = () => now
  const { store, vault } = await exampleStore(t, databaseUrl, clock)
  const catalog = exampleCatalog([platform], [])
  const { server, origin } = await listening(t)
  const upstream = await elsewhere(t, `${origin}${issuerPath}`)
  const access = await createAccess({
    store: store(),
    vault,
    catalog,
    identifiers: randomIdentifiers,
    clock,
    log: silentLog,
  })
  const authorization = await createAuthorization({
    store: store(),
    vault,
    access,
    platforms: [platform],
    dialectOf,
    authorizationUrl: origin,
    upstreams: new Map([['plain/people', upstream.settings]]),
    clock,
    log: createLog({ clock, level: 'debug', write: (line) => lines.push(line) }),
    addressOf: createCallerAddress(['127.0.0.1']),
    makeKey: makeExampleKey,
  })
  server.on('request', (request, response) => {
    if (authorization.handle(request, response) === false) response.writeHead(404).end()
  })
  t.after(async () => {
    await authorization.close()
    await access.close()
  })
  const { application, secret } = await access.createApplication({
    name: 'Démo',
    platform: 'plain',
    environment: 'production',
    redirectUris: [redirectUri],
    actor: 'test',
  })
  const configuration = await openid.discovery(new URL(origin + issuerPath), application.id, secret?.value, undefined, {
    execute: [openid.allowInsecureRequests],
  })
  const verifier = openid.randomPKCECodeVerifier()
  const start = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const tokensOf = (callback: URL) =>
    openid.authorizationCodeGrant(configuration, callback, { pkceCodeVerifier: verifier })
  return {
    ...{ origin, upstream, authorization, application, configuration, start, tokensOf },
    db: store().db,
    clock,
    /** What was written to the log so far, of this event. */
    logged: (event: string) => lines.map((line) => JSON.parse(line)).filter((line) => line.event === event),
    pass: (ms: number) => {
      now += ms
    },
  }
}
