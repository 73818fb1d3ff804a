import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { z } from 'zod'
import { control } from '../start/control.js'
import { type Portique, sharedPortique } from '../start/portique.js'
import { createBrowser } from './browser.js'
import { call, issuerOf, redirectUri, signIn } from './people.js'

const realms = ['partenaire', 'individu', 'employeur', 'agent'] as const
type RealmName = (typeof realms)[number]

/** What an application of each realm has there, and nowhere else. */
const ground = {
  partenaire: {
    api: 'offresdemploi/2',
    scope: 'api_offresdemploiv2 o2dsoffre',
    path: '/partenaire/offresdemploi/v2/offres/search?range=0-1',
    persona: null,
  },
  individu: {
    api: 'peconnect-individu/1',
    scope: 'openid api_peconnect-individuv1',
    path: '/partenaire/peconnect-individu/v1/userinfo',
    persona: 'angela-martin',
  },
  employeur: {
    api: 'peconnect-entreprise/1',
    scope: 'openid api_peconnect-entreprisev1',
    path: '/partenaire/peconnect-entreprise/v1/userinfo',
    persona: 'helene-marchand',
  },
  agent: {
    api: 'informations-administratives/1',
    scope: 'openid api_informations-administrativesv1 informationsadministrativesusager profil_accedant',
    path: '/partenaire/informations-administratives/v1/usager',
    persona: 'julie-caron',
  },
} as const satisfies Record<RealmName, unknown>

interface Client {
  readonly client_id: string
  readonly client_secret: string
}

interface Told {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** One application, and what it was given in its realm. */
interface Given {
  readonly client: Client
  readonly token: string
  /** Null where nobody signs in, and none is issued. */
  readonly idToken: string | null
  /** A code that was not redeemed yet; where none are issued, a token in its place. */
  code(): Promise<string>
}

describe('4 realms, 12 wrong pairs, 4 things: nothing of one is anything in another', () => {
  const portique = sharedPortique({ name: 'embedded store', databaseUrl: null })
  const given = new Map<RealmName, Given>()
  const of = (realm: RealmName): Given => {
    const found = given.get(realm)
    assert.ok(found)
    return found
  }
  const tokenAt = async (realm: RealmName, form: Readonly<Record<string, string>>): Promise<Told> => {
    const url = `${portique().url}/connexion/oauth2/access_token?realm=%2F${realm}`
    const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
    return { status: answer.status, body: JSON.parse(await answer.text()) }
  }
  const redeem = (realm: RealmName, client: Client, code: string) =>
    tokenAt(realm, { grant_type: 'authorization_code', redirect_uri: redirectUri, code, ...client })
  const clientPost = async (realm: RealmName, path: string, form: Readonly<Record<string, string>>) => {
    const answer = await fetch(issuerOf(portique(), realm) + path, { method: 'POST', body: new URLSearchParams(form) })
    return { status: answer.status, text: await answer.text() }
  }
  const userinfoAt = async (realm: RealmName, token: string) =>
    (await call(portique(), `/connexion/oauth2/userinfo?realm=%2F${realm}`, token)).status

  before(async () => {
    for (const realm of realms) given.set(realm, await giveIn(realm, { portique: portique(), redeem, tokenAt }))
  })

  test('each opens what is its own', async () => {
    for (const realm of realms) {
      const { token, client, code } = of(realm)
      const { status } = await call(portique(), ground[realm].path, token)
      // What an adviser's call lacks here, or of whom it asks, is told after the token was taken.
      assert.ok(
        status === 200 || status === 206 || (realm === 'agent' && [302, 404].includes(status)),
        `${realm}: ${status}`,
      )
      const seen = await clientPost(realm, '/introspect', { token, ...client })
      assert.equal(JSON.parse(seen.text).active, true, realm)
      if (realm === 'partenaire') continue
      assert.equal((await redeem(realm, client, await code())).status, 200, realm)
      assert.equal(await userinfoAt(realm, token), 200, realm)
    }
  })

  for (const from of realms)
    for (const to of realms.filter((each) => each !== from)) {
      const people = to !== 'partenaire'

      test(`a token of ${from} at ${to}`, async () => {
        const { token } = of(from)
        const { status } = await call(portique(), ground[to].path, token)
        assert.ok(status === 401 || status === 403, `an API: ${status}`)
        if (people) assert.equal(await userinfoAt(to, token), 401)
        const seen = await clientPost(to, '/introspect', { token, ...of(to).client })
        assert.deepEqual([seen.status, seen.text], [200, '{"active":false}'])
        assert.equal((await clientPost(to, '/revoke', { token, ...of(to).client })).status, 200)
        const still = await clientPost(from, '/introspect', { token, ...of(from).client })
        assert.equal(JSON.parse(still.text).active, true, 'it was not revoked there')
      })

      test(`a code of ${from} at ${to}`, async () => {
        const { client, code } = of(from)
        const value = await code()
        for (const by of [client, of(to).client]) {
          const { status, body } = await redeem(to, by, value)
          assert.equal(status, 400)
          assert.equal(body.access_token, undefined)
        }
        if (from !== 'partenaire') assert.equal((await redeem(from, client, value)).status, 200, 'it was not used up')
      })

      test(`a client of ${from} at ${to}`, async () => {
        const { client } = of(from)
        for (const scope of [ground[to].scope, ground[from].scope, 'openid']) {
          const { status, body } = await tokenAt(to, { grant_type: 'client_credentials', scope, ...client })
          assert.deepEqual([status, body.access_token], [400, undefined], scope)
          if (!people) continue
          const page = await createBrowser(portique().url).go(
            authorize(portique(), to, { clientId: client.client_id, scope }),
          )
          assert.deepEqual([page.status, page.location], [400, null], scope)
        }
      })

      test(`an ID token of ${from} at ${to}`, async () => {
        const { idToken, token } = of(from)
        assert.equal(idToken === null, from === 'partenaire')
        const shown = idToken ?? token
        const { status } = await call(portique(), ground[to].path, shown)
        assert.ok(status === 401 || status === 403, `an API: ${status}`)
        if (!people) return
        assert.equal(await userinfoAt(to, shown), 401)
        const out = await createBrowser(portique().url).go(
          `${issuerOf(portique(), to)}/session/end?id_token_hint=${shown}`,
        )
        assert.equal(out.status, 400)
        const url = authorize(portique(), to, { clientId: of(to).client.client_id, scope: 'openid' })
        url.searchParams.set('id_token_hint', shown)
        const back = await createBrowser(portique().url).go(url)
        assert.equal(back.location?.searchParams.get('error'), 'invalid_request')
      })
    }
})

const made = z.object({ application: z.object({ id: z.string() }), secret: z.object({ value: z.string() }) })

interface Ways {
  readonly portique: Portique
  readonly redeem: (realm: RealmName, client: Client, code: string) => Promise<Told>
  readonly tokenAt: (realm: RealmName, form: Readonly<Record<string, string>>) => Promise<Told>
}

async function giveIn(realm: RealmName, { portique, redeem, tokenAt }: Ways): Promise<Given> {
  const { api, scope, persona } = ground[realm]
  const redirectUris = persona === null ? [] : [redirectUri]
  const wanted = { platform: 'france-travail', name: `De ${realm}`, redirectUris }
  const { application, secret } = made.parse((await control(portique, 'POST', '/applications', wanted)).json)
  await control(portique, 'POST', `/applications/${application.id}/subscriptions`, { api })
  const client = { client_id: application.id, client_secret: secret.value }
  if (persona === null) {
    const { body } = await tokenAt(realm, { grant_type: 'client_credentials', scope, ...client })
    const token = String(body.access_token)
    return { client, token, idToken: null, code: async () => token }
  }
  const browser = createBrowser(portique.url)
  const code = async () => {
    const { callback } = await signIn(
      authorize(portique, realm, { clientId: client.client_id, scope }),
      persona,
      browser,
    )
    return callback.searchParams.get('code') ?? ''
  }
  const { body } = await redeem(realm, client, await code())
  return { client, token: String(body.access_token), idToken: String(body.id_token), code }
}

interface Asking {
  readonly clientId: string
  readonly scope: string
}

function authorize(portique: Portique, realm: RealmName, { clientId, scope }: Asking): URL {
  const url = new URL(`${portique.url}/connexion/oauth2/authorize?realm=%2F${realm}`)
  const asked = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, state: 's', nonce: 'n' }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url
}
