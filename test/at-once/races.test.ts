import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Pool } from 'undici'
import { authorizeUrl } from '../sign-in/authorize-url.js'
import { type Browser, createBrowser } from '../sign-in/browser.js'
import { applicationOf, landed, redirectUri, signIn } from '../sign-in/people.js'
import {
  nodesCall,
  nodesIssuerPath,
  nodesPersona,
  nodesRedirectUri,
  nodesScope,
  sharedServeNodes,
} from '../sign-in/serve-nodes.js'
import { ownPortique } from '../start/portique.js'

const parallel = 50
const rounds = 100

/** Where codes come from and where they go. */
interface Ground {
  readonly authorize: URL
  readonly persona: string
  readonly tokenUrl: string
  readonly redirectUri: string
  readonly client: Readonly<Record<string, string>>
  /** An API call that a token of it opens. */
  readonly call: string
}

interface Told {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

describe(`${parallel} uses at once, ${rounds} times, in one process on the embedded store`, () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  races(() => {
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    const { url } = portique()
    return {
      authorize: authorizeUrl(portique()),
      persona: 'angela-martin',
      tokenUrl: `${url}/connexion/oauth2/access_token?realm=%2Findividu`,
      redirectUri,
      client: { client_id, client_secret: client_secret ?? '' },
      call: `${url}/partenaire/peconnect-coordonnees/v1/coordonnees`,
    }
  })
})

const { DATABASE_URL } = process.env
describe(`${parallel} uses at once, ${rounds} times, in two processes on PostgreSQL`, {
  skip: DATABASE_URL === undefined ? 'without DATABASE_URL there is one node only' : false,
}, () => {
  const nodes = sharedServeNodes(DATABASE_URL ?? '')
  races(() => {
    const { authorizationUrl, gatewayUrl, client } = nodes()
    const authorize = new URL(`${authorizationUrl}${nodesIssuerPath}/authorize`)
    const parameters = { response_type: 'code', client_id: client.client_id, redirect_uri: nodesRedirectUri }
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
    for (const [name, value] of Object.entries({ ...parameters, ...pkce, scope: nodesScope }))
      authorize.searchParams.set(name, value)
    return {
      authorize,
      persona: nodesPersona,
      tokenUrl: `${authorizationUrl}${nodesIssuerPath}/token`,
      redirectUri: nodesRedirectUri,
      client: { ...client, code_verifier: verifier },
      call: `${gatewayUrl}${nodesCall}`,
    }
  })
})

const verifier = 'a-verifier-that-stays-the-same-for-every-code'
const challenge = 'SgB7T3amqLgA3Zb0WAsjoSUMBCPJYBAs-WDRQGoF7qE'

function races(ground: () => Ground): void {
  let pool: Pool
  let browser: Browser
  before(async () => {
    pool = new Pool(new URL(ground().tokenUrl).origin, { connections: parallel })
    browser = createBrowser(ground().authorize.origin)
    await signIn(ground().authorize, ground().persona, browser)
  })
  after(() => pool.destroy())

  const post = async (form: Readonly<Record<string, string>>): Promise<Told> => {
    const { pathname, search } = new URL(ground().tokenUrl)
    const { statusCode, body } = await pool.request({
      path: `${pathname}${search}`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...ground().client, ...form }).toString(),
    })
    return { status: statusCode, body: JSON.parse(await body.text()) }
  }
  const codeForm = async () => ({
    grant_type: 'authorization_code',
    code: landed(await browser.go(ground().authorize)).searchParams.get('code') ?? '',
    redirect_uri: ground().redirectUri,
  })
  const refreshForm = ({ body }: Told) => ({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })
  const seen = async ({ body }: Told) => {
    const answer = await fetch(ground().call, { headers: { authorization: `Bearer ${body.access_token}` } })
    await answer.arrayBuffer()
    return answer.status
  }
  /** Exactly one is answered with tokens; and these are dead, since whoever came second may be the one that they were meant for. */
  const race = async (form: Readonly<Record<string, string>>) => {
    const told = await Promise.all(Array.from({ length: parallel }, () => post(form)))
    const given = told.filter(({ status }) => status === 200)
    assert.equal(given.length, 1, JSON.stringify(told.map(({ status }) => status)))
    for (const { status, body } of told) if (status !== 200) assert.deepEqual([status, body.error], refused)
    const [one] = given
    assert.ok(one)
    assert.equal(await seen(one), 401)
    const renewed = await post(refreshForm(one))
    assert.deepEqual([renewed.status, renewed.body.error], refused)
  }

  test('a code is redeemed once', async () => {
    for (let round = 0; round < rounds; round += 1) await race(await codeForm())
  })

  test('a refresh token is renewed once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const given = await post(await codeForm())
      assert.equal(given.status, 200)
      await race(refreshForm(given))
    }
  })

  test('a code or refresh token that is used again takes back what it gave, what was renewed by right too', async () => {
    const form = await codeForm()
    const first = await post(form)
    const second = await post(refreshForm(first))
    assert.deepEqual([await seen(first), await seen(second)], [200, 200])
    assert.deepEqual(errorOf(await post(refreshForm(first))), refused)
    assert.deepEqual([await seen(first), await seen(second)], [401, 401])
    assert.deepEqual(errorOf(await post(refreshForm(second))), refused)
    const again = await codeForm()
    const given = await post(again)
    const renewed = await post(refreshForm(given))
    assert.deepEqual(errorOf(await post(again)), refused)
    assert.deepEqual([await seen(given), await seen(renewed)], [401, 401])
    assert.deepEqual(errorOf(await post(refreshForm(renewed))), refused)
  })
}

const refused = [400, 'invalid_grant']
const errorOf = ({ status, body }: Told) => [status, body.error]
