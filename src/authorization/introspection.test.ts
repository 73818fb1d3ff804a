import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { clientCredentials, exampleAuthorization, json, plain } from '../../test/example/authorization.js'
import { exampleApi } from '../../test/example/catalog.js'
import { createIntrospection } from './introspection.js'

const issuerPath = '/connexion/plain/main'
const inactive = '{"active":false}'

interface Client {
  readonly id: string
  readonly secret: string
}

/** A provider of the API "books", and an application that calls it and another one. */
async function library(t: TestContext) {
  const example = await exampleAuthorization(t)
  const { application, catalog, post, access } = example
  const provider = await application('plain')
  catalog.publish({ ...exampleApi('plain', 'books', '1'), realm: 'main', introspection: [provider.id] })
  const caller = await application('plain', 'books', 'items')
  const tokenFor = async (client: Client, scope: string) =>
    String((await json(await post(`${issuerPath}/token`, clientCredentials(client, scope)))).access_token)
  const ask = async ({ id, secret }: Client, token: string) => {
    const answer = await post(`${issuerPath}/introspect`, { token, client_id: id, client_secret: secret })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    return { status: answer.status, text: await answer.text() }
  }
  return { ...example, provider, caller, tokenFor, ask, access }
}

const books = 'api_booksv1 books.read'
const items = 'api_itemsv1 items.read'

test('a provider learns whether a token opens its API, for whom and by which of its scopes, and nothing of others’', async (t) => {
  const { provider, caller, tokenFor, ask, origin } = await library(t)
  const token = await tokenFor(caller, `${items} ${books}`)
  const seen = await ask(provider, token)
  const { exp, iat, ...rest } = JSON.parse(seen.text)
  assert.deepEqual(rest, {
    active: true,
    client_id: caller.id,
    iss: origin + issuerPath,
    aud: origin + issuerPath,
    scope: books,
    token_type: 'Bearer',
  })
  assert.equal(exp - iat, 1500)
  assert.equal(JSON.parse((await ask(caller, token)).text).scope, `${items} ${books}`, 'its own application sees all')
})

test('what opens none of its APIs is not active, whatever the reason', async (t) => {
  const { provider, caller, tokenFor, ask, application, post, access, pass } = await library(t)
  const token = await tokenFor(caller, books)
  const foreign = await application('plain', 'books')
  const answers = async (value: string, by: Client = provider) => (await ask(by, value)).text
  assert.equal(await answers(token, foreign), inactive, 'asked by another application')
  assert.equal(await answers(await tokenFor(caller, items)), inactive, 'of another API')
  assert.equal(await answers(await tokenFor(caller, 'api_booksv1')), inactive, 'a scope less')
  for (const value of ['unknown', 'x'.repeat(5000), 'a.b.c', '\u202e', provider.secret])
    assert.equal(await answers(value), inactive, value.slice(0, 20))
  const revoked = await tokenFor(caller, books)
  await post(`${issuerPath}/revoke`, { token: revoked, client_id: caller.id, client_secret: caller.secret })
  assert.equal(await answers(revoked), inactive, 'revoked')
  await access().suspend({ applicationId: caller.id, actor: 'test' })
  assert.equal(await answers(token), inactive, 'its application is suspended')
  await access().resume({ applicationId: caller.id, actor: 'test' })
  assert.notEqual(await answers(token), inactive)
  await access().unsubscribe({ applicationId: caller.id, api: 'books', actor: 'test' })
  assert.equal(await answers(token), inactive, 'its application may no longer call the API')
  await access().subscribe({ applicationId: caller.id, api: 'books', actor: 'test' })
  pass(1_501_000)
  assert.equal(await answers(token), inactive, 'expired')
})

test('a provider of the sandbox sees no token of production', async (t) => {
  const { access, catalog, caller, tokenFor, ask } = await library(t)
  const request = { name: 'Fournisseur', platform: 'plain', environment: 'sandbox', actor: 'test' } as const
  const { application, secret } = await access().createApplication(request)
  const provider = { id: application.id, secret: secret?.value ?? '' }
  catalog.publish({ ...exampleApi('plain', 'papers', '1'), realm: 'main', introspection: [provider.id] })
  await access().subscribe({ applicationId: caller.id, api: 'papers', actor: 'test' })
  assert.equal((await ask(provider, await tokenFor(caller, 'api_papersv1 papers.read'))).text, inactive)
})

test('who cannot prove who they are learns nothing, and of refresh tokens nobody but their owner', async (t) => {
  const { provider, caller, tokenFor, ask, access } = await library(t)
  const token = await tokenFor(caller, books)
  assert.equal((await ask({ ...provider, secret: 'wrong' }, token)).status, 401)
  assert.equal((await ask({ id: 'unknown', secret: 'wrong' }, token)).status, 401)
  const [realm] = plain.realms
  assert.ok(realm)
  const none = { exchangeOf: () => undefined, failed: () => assert.fail() }
  const { allowed } = createIntrospection({ access: access(), platform: plain, realm, ...none })
  const shown = { kind: 'AccessToken', clientId: caller.id, scope: books }
  assert.equal(await allowed({ clientId: provider.id }, shown), true)
  assert.equal(await allowed({ clientId: provider.id }, { ...shown, kind: 'RefreshToken' }), false)
  assert.equal(await allowed({ clientId: caller.id }, { ...shown, kind: 'RefreshToken' }), true)
  assert.equal(await allowed({ clientId: caller.id, clientAuthMethod: 'none' }, shown), false)
})

test('introspection and revocation take a posted form with one token, and say what is wrong with anything else', async (t) => {
  const { caller, tokenFor, post, origin } = await library(t)
  const token = await tokenFor(caller, books)
  const proof = { client_id: caller.id, client_secret: caller.secret }
  for (const path of [`${issuerPath}/introspect`, `${issuerPath}/revoke`]) {
    const refused = async (answer: Response, status: number, error = 'invalid_request') => {
      assert.equal(answer.status, status)
      assert.equal((await json(answer)).error, error)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
    await refused(await post(path, proof), 400)
    await refused(await post(path, { ...proof, token: '' }), 400)
    await refused(await post(path, `${new URLSearchParams({ ...proof, token })}&token=${token}`), 400)
    await refused(await post(`${path}?token=${token}`, proof), 400)
    await refused(await post(path, JSON.stringify({ ...proof, token }), { 'content-type': 'application/json' }), 400)
    await refused(await post(path, `${new URLSearchParams(proof)}&token=%ff`), 400)
    await refused(await fetch(`${origin}${path}?token=${token}`), 405)
    await refused(await post(path, { token }), 401, 'invalid_client')
    assert.equal((await post(path, { ...proof, token, token_type_hint: 'nonsense' })).status, 200)
  }
})
