import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { type Access, createAccess } from '#access'
import { type Authorization, createAuthorization } from '#authorization'
import { createLog, randomIdentifiers } from '#base'
import { dialectOf, type Platform, type Realm, standardOAuthHabits } from '#contract'
import type { Store } from '#storage'
import { exampleApi, exampleCatalog, examplePlatform } from './catalog.js'
import { exampleStore } from './store.js'

const realm = (name: string, issuerPath: string, expiresInShown: number): Realm => ({
  name,
  aliases: name === 'partenaire' ? ['partner'] : [],
  flows: ['client_credentials'],
  accessTokenSeconds: 1500,
  expiresInShown,
  codeSeconds: 60,
  idTokenSeconds: 9000,
  refreshTokenSeconds: 1000,
  issuerPath,
})

/** A platform with the habits of France Travail, as data. */
export const francetravail: Platform = {
  ...examplePlatform('france-travail', 'test', {
    tokenPath: '/access_token',
    sharedTokenPaths: ['/connexion/oauth2/access_token', '/connexion/oauth2/acces_token'],
    realmParameter: 'realm',
    clientAuthentication: ['client_secret_post'],
    ignoredScopes: ['application_{client_id}'],
    missingScope: 'refused',
    clientId: 'PAR_{name}_{hex}',
    secret: 'hex',
  }),
  dialect: 'france-travail',
  realms: [realm('partenaire', '/connexion/oauth2/realms/root/realms/partenaire', 1499)],
}

/** A platform that follows the standards. */
export const plain: Platform = {
  ...examplePlatform('plain', null, standardOAuthHabits),
  tokens: { kind: 'jwt', days: 548, renewalDays: 90, replacementDays: 30 },
  realms: [realm('main', '/connexion/plain/main', 1500)],
}

export interface ExampleOptions {
  readonly databaseUrl?: string | undefined
  /** Stands between the store and the rooms, to fail on purpose. */
  readonly around?: (store: Store) => Store
  readonly failuresPerMinute?: number
  readonly monotonic?: () => number
}

/** The authorization room behind a real HTTP server on a port of its own. */
export async function exampleAuthorization(
  t: TestContext,
  { databaseUrl, around, failuresPerMinute, monotonic }: ExampleOptions = {},
) {
  let now = Date.now()
  const clock = () => now
  const lines: string[] = []
  const granted: string[] = []
  const log = createLog({ clock, level: 'debug', write: (line) => lines.push(line) })
  const example = await exampleStore(t, databaseUrl, clock)
  const apis = ['offresdemploi', 'rome'].map((code) => exampleApi('france-travail', code, '2'))
  const catalog = exampleCatalog(
    [francetravail, plain],
    [...apis, { ...exampleApi('plain', 'items', '1'), realm: 'main' }],
  )
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { vault } = example

  let access: Access
  let authorization: Authorization
  const start = async () => {
    const store = around === undefined ? example.store() : around(example.store())
    access = await createAccess({ store, vault, catalog, identifiers: randomIdentifiers, clock, log })
    authorization = await createAuthorization({
      store,
      vault,
      access,
      platforms: catalog.platforms().values(),
      dialectOf,
      authorizationUrl: origin,
      clock,
      log,
      granted: (platform, scopes) => granted.push(`${platform}: ${scopes}`),
      ...(failuresPerMinute !== undefined && { failuresPerMinute }),
      ...(monotonic !== undefined && { monotonic }),
    })
  }
  const stop = async () => {
    await authorization.close()
    await access.close()
  }
  await start()
  server.on('request', (request, response) => {
    const answered = authorization.handle(request, response)
    if (answered === false) response.writeHead(404).end('not of this room')
  })
  t.after(async () => {
    await closed(server)
    await stop()
  })

  return {
    ...example,
    origin,
    lines,
    /** What was told of each token that was given. */
    granted,
    /** What the log says, line by line. */
    logged: () => lines.map((line) => JSON.parse(line)),
    clock,
    catalog,
    pass: (milliseconds: number) => (now += milliseconds),
    access: () => access,
    authorization: () => authorization,
    async restart() {
      await stop()
      await example.reopen()
      await start()
    },
    /** The access room of another node on the same database; PostgreSQL only. */
    async otherAccess() {
      const store = await example.another()
      const other = await createAccess({ store, vault, catalog, identifiers: randomIdentifiers, clock, log })
      t.after(() => other.close())
      return other
    },
    /** An application with its secret, subscribed to these APIs. */
    async application(platform: string, ...subscribed: readonly string[]) {
      const request = { name: 'Démo', platform, environment: 'production', actor: 'test' } as const
      const { application, secret } = await access.createApplication(request)
      for (const api of subscribed) await access.subscribe({ applicationId: application.id, api, actor: 'test' })
      return { id: application.id, secret: secret?.value ?? '' }
    },
    post: (path: string, form: string | Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
      }),
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export const clientCredentials = (client: { id: string; secret: string }, scope?: string): Record<string, string> => ({
  grant_type: 'client_credentials',
  client_id: client.id,
  client_secret: client.secret,
  ...(scope !== undefined && { scope }),
})

export const json = async (answer: Response): Promise<Record<string, unknown>> => JSON.parse(await answer.text())
