import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { clientCredentials, exampleAuthorization, json } from '../../test/example/authorization.js'

const issuerPath = '/connexion/plain/main'
const path = `${issuerPath}/token`
const scope = 'api_itemsv1 items.read'
const basicOf = ({ id, secret }: { id: string; secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})

test('openid-client finds the realm and gets a token without special code', async (t) => {
  const { origin, application } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  const configuration = await openid.discovery(new URL(origin + issuerPath), client.id, client.secret, undefined, {
    execute: [openid.allowInsecureRequests],
  })
  const granted = await openid.clientCredentialsGrant(configuration, { scope })
  assert.equal(granted.expires_in, 1500)
  assert.equal(granted.scope, scope)
  const seen = await openid.tokenIntrospection(configuration, granted.access_token)
  assert.equal(seen.active, true)
  await openid.tokenRevocation(configuration, granted.access_token)
  assert.deepEqual(await openid.tokenIntrospection(configuration, granted.access_token), { active: false })
})

test('oauth4webapi finds the realm and gets a token without special code', async (t) => {
  const { origin, application, granted: told } = await exampleAuthorization(t)
  const { id, secret } = await application('plain', 'items')
  const insecure = { [oauth.allowInsecureRequests]: true }
  const issuer = new URL(origin + issuerPath)
  const server = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
  )
  const client = { client_id: id }
  for (const authentication of [oauth.ClientSecretBasic(secret), oauth.ClientSecretPost(secret)]) {
    const answer = await oauth.clientCredentialsGrantRequest(server, client, authentication, { scope }, insecure)
    const granted = await oauth.processClientCredentialsResponse(server, client, answer)
    assert.equal(granted.scope, scope)
  }
  assert.deepEqual(told, [`plain: ${scope}`, `plain: ${scope}`])
})

test('discovery says what the realm does and nothing else, from settings, whatever the Host header says', async (t) => {
  const { origin, application } = await exampleAuthorization(t)
  await application('plain', 'items')
  const documents = []
  for (const at of [
    `${issuerPath}/.well-known/openid-configuration`,
    `${issuerPath}/.well-known/oauth-authorization-server`,
    `/.well-known/oauth-authorization-server${issuerPath}`,
  ]) {
    documents.push(
      await rawJson(`${origin}${at}`, { host: 'attacker.example', 'x-forwarded-host': 'attacker.example' }),
    )
  }
  const expected = {
    issuer: `${origin}${issuerPath}`,
    token_endpoint: `${origin}${path}`,
    jwks_uri: `${origin}${issuerPath}/jwks`,
    introspection_endpoint: `${origin}${issuerPath}/introspect`,
    revocation_endpoint: `${origin}${issuerPath}/revoke`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    scopes_supported: ['api_itemsv1', 'items.read', 'api_testitemsv1'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  }
  for (const document of documents) assert.deepEqual(document, expected)
  const keys = (await rawJson(`${origin}${issuerPath}/jwks`, {})) as { keys: Record<string, unknown>[] }
  assert.equal(keys.keys[0]?.kty, 'EC')
  assert.equal(keys.keys[0]?.d, undefined)
})

test('Basic works; a wrong secret is 401 with a challenge, and says the same as an unknown client', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  const form = { grant_type: 'client_credentials', scope }
  assert.equal((await post(path, form, basicOf(client))).status, 200)
  const wrong = await post(path, form, basicOf({ ...client, secret: 'wrong' }))
  const unknown = await post(path, form, basicOf({ id: 'cli_unknown', secret: 'wrong' }))
  for (const answer of [wrong, unknown]) {
    assert.equal(answer.status, 401)
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic /)
  }
  assert.equal(await wrong.text(), await unknown.text())
})

test('a request without scope gets what is subscribed; a foreign scope refuses all', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  assert.equal((await json(await post(path, clientCredentials(client)))).scope, scope)
  const refused = await post(path, clientCredentials(client, 'items.read items.write'))
  assert.equal(refused.status, 400)
  assert.equal((await json(refused)).error, 'invalid_scope')
  const bare = await application('plain')
  assert.equal((await json(await post(path, clientCredentials(bare)))).scope, '')
})

test('malformed requests are refused before anything else looks at them', async (t) => {
  const { origin, post, application } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  const good = new URLSearchParams(clientCredentials(client, scope)).toString()
  assert.equal((await post(path, good)).status, 200)
  const cases: [string, number, Promise<Response>][] = [
    ['repeated parameter', 400, post(path, `${good}&scope=items.read`)],
    ['repeated secret', 400, post(path, `${good}&client_secret=x`)],
    ['NUL', 400, post(path, `${good}&extra=%00`)],
    ['bad UTF-8', 400, post(path, `${good}&extra=%ff`)],
    ['bad percent', 400, post(path, `${good}&extra=%zz`)],
    ['missing grant type', 400, post(path, good.replace('grant_type=client_credentials&', ''))],
    ['JSON', 400, post(path, JSON.stringify(clientCredentials(client)), { 'content-type': 'application/json' })],
    ['multipart', 400, post(path, good, { 'content-type': 'multipart/form-data; boundary=x' })],
    ['compressed', 400, post(path, good, { 'content-encoding': 'gzip' })],
    ['secret in the query', 400, post(`${path}?client_secret=${client.secret}`, good)],
    ['Basic and post at once', 400, post(path, good, basicOf(client))],
    ['another resource', 400, post(path, `${good}&resource=https%3A%2F%2Felsewhere.example`)],
    ['not Basic', 400, post(path, good.replace(/&client_secret=[^&]*/, ''), { authorization: 'Bearer x' })],
    ['too large', 413, post(path, `${good}&extra=${'x'.repeat(70_000)}`)],
    ['GET', 405, fetch(origin + path)],
  ]
  for (const [name, status, asked] of cases) {
    const answer = await asked
    assert.equal(answer.status, status, `${name}: ${await answer.clone().text()}`)
    assert.ok('error' in (await json(answer)), name)
    assert.equal(answer.headers.get('cache-control'), 'no-store', name)
  }
  const get = await fetch(origin + path)
  assert.equal(get.headers.get('allow'), 'POST')
})

test('two Authorization headers are refused; a body cut short ends nothing but its own request', async (t) => {
  const { origin, post, application } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  const { hostname, port } = new URL(origin)
  const raw = (text: string, end: boolean) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => (end ? socket.end(text) : socket.write(text)))
      let got = ''
      socket.on('data', (chunk) => {
        got += chunk
        socket.destroy()
      })
      socket.on('close', () => resolve(got))
      socket.on('error', () => {})
    })
  const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n`
  const twice = `${head}Authorization: Basic YTpi\r\nAuthorization: Basic YTpi\r\nContent-Length: 0\r\n\r\n`
  assert.match(await raw(twice, false), /^HTTP\/1.1 400 /)
  await raw(`${head}Content-Length: 100\r\n\r\ngrant_type=`, true)
  assert.equal((await post(path, clientCredentials(client, scope))).status, 200)
})

test('too many failures of a client from an address are answered 429; who proves itself is never held', async (t) => {
  const { post, application, pass } = await exampleAuthorization(t, { failuresPerMinute: 3 })
  const client = await application('plain', 'items')
  const wrong = { ...clientCredentials(client), client_secret: 'wrong' }
  for (let at = 0; at < 3; at += 1) assert.equal((await post(path, wrong)).status, 401)
  const held = await post(path, wrong)
  assert.equal(held.status, 429)
  assert.match(await held.text(), /temporarily_unavailable/)
  const wait = Number(held.headers.get('retry-after'))
  assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 60)
  assert.equal((await post(path, clientCredentials(client))).status, 200, 'a stranger shut the client out')
  assert.equal((await post(path, wrong)).status, 429, 'a success of the client gives a stranger no new attempts')
  const unasked = { ...clientCredentials(client), grant_type: 'password' }
  assert.equal((await post(path, unasked)).status, 400, 'another mistake is told as it is')
  const other = { ...clientCredentials(await application('plain', 'items')), client_secret: 'wrong' }
  assert.equal((await post(path, other)).status, 401, 'others are not held')
  pass(wait * 1000)
  assert.equal((await post(path, wrong)).status, 401)
})

test('a client that does not exist is held like one that does, and a flood leaves a hundred lines a second', async (t) => {
  let now = 0
  const { post, application, logged } = await exampleAuthorization(t, { failuresPerMinute: 2, monotonic: () => now })
  await application('plain', 'items')
  const unknown = clientCredentials({ id: 'nobody', secret: 'wrong' })
  const statuses = [await post(path, unknown), await post(path, unknown), await post(path, unknown)]
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [401, 401, 429],
  )
  const secretInAddress = `${path}?client_secret=wrong`
  for (let at = 0; at < 60; at += 1) {
    await post(path, unknown)
    await post(secretInAddress, unknown)
  }
  const refusals = () => logged().filter(({ event }) => /^authorization\.(client-)?refused/.test(event))
  assert.equal(refusals().length, 100)
  for (const line of refusals()) assert.equal(line.address, '127.0.0.1')
  assert.deepEqual(
    [refusals()[3], refusals()[4]].map(({ event, reason }) => [event, reason]),
    [
      ['authorization.client-refused', 'client not found'],
      ['authorization.refused', 'a secret stands in the address'],
    ],
  )
  now = 1_000
  await post(path, unknown)
  assert.deepEqual(
    refusals()
      .slice(100)
      .map(({ event, count }) => [event, count]),
    [
      ['authorization.refused-more', 23],
      ['authorization.client-refused', undefined],
    ],
  )
})

test('both secrets open during a rotation, then only the new one; a suspended client is an unknown one', async (t) => {
  const { post, application, access, pass } = await exampleAuthorization(t)
  const client = await application('plain', 'items')
  const status = async (secret: string) => (await post(path, clientCredentials({ ...client, secret }))).status
  pass(1)
  const next = await access().rotateSecret({ applicationId: client.id, overlapSeconds: 60, actor: 'test' })
  assert.deepEqual([await status(client.secret), await status(next.value)], [200, 200])
  pass(60_000)
  assert.deepEqual([await status(client.secret), await status(next.value)], [401, 200])
  await access().suspend({ applicationId: client.id, actor: 'test' })
  assert.equal(await status(next.value), 401)
  await access().resume({ applicationId: client.id, actor: 'test' })
  await access().revokeSecret({ applicationId: client.id, credentialId: next.id, actor: 'test' })
  assert.equal(await status(next.value), 401)
})

test('a token can be seen and revoked by its own client only', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const [owner, other] = [await application('plain', 'items'), await application('plain', 'items')]
  const token = String((await json(await post(path, clientCredentials(owner)))).access_token)
  const active = async (client: { id: string; secret: string }) =>
    (await json(await post(`${issuerPath}/introspect`, { token }, basicOf(client)))).active
  assert.equal(await active(other), false)
  assert.equal((await post(`${issuerPath}/revoke`, { token }, basicOf(other))).status, 200)
  assert.equal(await active(owner), true)
  assert.equal((await post(`${issuerPath}/revoke`, { token }, basicOf(owner))).status, 200)
  assert.equal(await active(owner), false)
  const unproven = await post(`${issuerPath}/introspect`, { token }, basicOf({ ...owner, secret: 'x' }))
  assert.equal(unproven.status, 401)
})

test('what is not of this room is left alone', async (t) => {
  const { origin } = await exampleAuthorization(t)
  for (const at of ['/', `${issuerPath}/auth`, `${issuerPath}/reg`, '/connexion/plain/other/token', `${path}/`]) {
    assert.equal(await (await fetch(origin + at)).text(), 'not of this room', at)
  }
})

function rawJson(url: string, headers: Record<string, string>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { headers }, async (answer) => {
      resolve(JSON.parse(Buffer.concat(await answer.toArray()).toString()))
    })
    sent.on('error', reject)
    sent.end()
  })
}
