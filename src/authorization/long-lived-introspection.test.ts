import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type ExampleOptions, exampleAuthorization } from '../../test/example/authorization.js'
import { exampleApi } from '../../test/example/catalog.js'
import { breakable } from '../../test/example/watched-store.js'

const actor = 'test'
const inactive = '{"active":false}'
const day = 86_400_000
const opening = ['api_booksv1', 'books.read']

interface Client {
  readonly id: string
  readonly secret: string
}

/** A provider of the API "books" on a platform with long-lived tokens, and an application with one. */
async function library(t: TestContext, options: ExampleOptions) {
  const example = await exampleAuthorization(t, options)
  const { application, catalog, post, access } = example
  const provider = await application('plain')
  catalog.publish({ ...exampleApi('plain', 'books', '1'), realm: 'main', introspection: [provider.id] })
  const caller = await application('plain')
  const give = (scopes: readonly string[], applicationId = caller.id) =>
    access().tokens.create({ applicationId, title: 'Cantine', scopes, actor })
  const ask = async ({ id, secret }: Client, token: string, more: Readonly<Record<string, string>> = {}) => {
    const form = { token, client_id: id, client_secret: secret, ...more }
    const answer = await post('/connexion/plain/main/introspect', form)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
  return { ...example, provider, caller, give, ask }
}

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const on = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${on}] a provider learns of a long-lived token what it opens now, and its own application everything`, async (t) => {
    const { provider, caller, give, ask } = await library(t, { databaseUrl })
    const { id, token, expiresAt } = await give([...opening, 'items.read'])
    for (const hint of [{}, { token_type_hint: 'refresh_token' }, { token_type_hint: 'access_token' }]) {
      const seen = await ask(provider, token, hint)
      assert.equal(seen.status, 200)
      assert.deepEqual(JSON.parse(seen.text), {
        active: true,
        scope: opening.join(' '),
        client_id: caller.id,
        token_type: 'Bearer',
        exp: Math.floor(expiresAt / 1000),
        jti: id,
      })
    }
    assert.equal(JSON.parse((await ask(caller, token)).text).scope, [...opening, 'items.read'].join(' '))
  })

  test(`[${on}] what has ended, opens nothing of the provider's, or is not of here, is not active`, async (t) => {
    const { provider, caller, give, ask, application, access, pass } = await library(t, { databaseUrl })
    const answer = async (token: string, by: Client = provider) => (await ask(by, token)).text
    const { id, token } = await give(opening)
    assert.equal(await answer(token, await application('plain')), inactive, 'asked by another application')
    assert.equal(await answer((await give(['items.read'])).token), inactive, 'of another API')
    assert.equal(await answer((await give(['books.read'])).token), inactive, 'a scope less')

    await access().suspend({ applicationId: caller.id, actor })
    assert.equal(await answer(token), inactive, 'its application is suspended')
    await access().resume({ applicationId: caller.id, actor })
    assert.notEqual(await answer(token), inactive)
    await access().tokens.replace({ tokenId: id, afterDays: 10, actor })
    assert.notEqual(await answer(token), inactive, 'it works until its date')
    pass(11 * day)
    assert.equal(await answer(token), inactive, 'replaced and blocked')

    const blocked = await give(opening)
    await access().tokens.revoke({ tokenId: blocked.id, actor })
    assert.equal(await answer(blocked.token), inactive, 'blocked')
    assert.equal(await answer(blocked.token, caller), inactive, 'for its own application too')
    const old = await give(opening)
    pass(549 * day)
    assert.equal(await answer(old.token), inactive, 'expired')
  })

  test(`[${on}] a provider of the sandbox sees no token of production, nor the other way round`, async (t) => {
    const { access, catalog, caller, provider, give, ask } = await library(t, { databaseUrl })
    const request = { name: 'Fournisseur', platform: 'plain', environment: 'sandbox', actor } as const
    const { application, secret } = await access().createApplication(request)
    const tester = { id: application.id, secret: secret?.value ?? '' }
    catalog.publish({ ...exampleApi('plain', 'papers', '1'), realm: 'main', introspection: [tester.id, provider.id] })
    const real = await give(['api_papersv1', 'papers.read'], caller.id)
    const trial = await give(['api_testpapersv1'], tester.id)
    const { application: other } = await access().createApplication({ ...request, name: 'Essai' })
    const trialOfOther = await give(['api_testpapersv1'], other.id)
    assert.equal((await ask(tester, real.token)).text, inactive)
    assert.notEqual((await ask(provider, real.token)).text, inactive)
    assert.equal((await ask(provider, trial.token)).text, inactive)
    assert.notEqual((await ask(tester, trialOfOther.token)).text, inactive)
  })

  test(`[${on}] forged, malformed and endless texts are not active; who proves nothing learns nothing`, async (t) => {
    const { provider, give, ask, access } = await library(t, { databaseUrl })
    const { token } = await give(opening)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const forged = createHmac('sha256', randomBytes(32)).update(`${header}.${payload}`).digest('base64url')
    const bad = [
      ...[`${header}.${payload}.${forged}`, `${header}.${payload}.`, `${header}.${payload}`, `${header}.`, `${token}=`],
      ...[`${token} `, token.slice(1), `${header}.${payload}.${signature}.${signature}`],
      `${header}.${'A'.repeat(20_000)}.${signature}`,
      `${header}.${Buffer.from('{"jti":{}}').toString('base64url')}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    ]
    for (const text of bad) assert.equal((await ask(provider, text)).text, inactive, text.slice(-30))
    assert.equal((await ask(provider, `${token}\u0000`)).status, 400)
    assert.equal((await ask({ ...provider, secret: 'wrong' }, token)).status, 401)
    await access().tokens.rotateKey({ overlapDays: 0, actor })
    assert.equal((await ask(provider, token)).text, inactive, 'its key has ended')
  })
}

test('when the store does not answer, nothing is said of the token: 503, and later the truth', async (t) => {
  let broken = false
  const { provider, give, ask } = await library(t, { around: (store) => breakable(store, () => broken) })
  const { token } = await give(opening)
  assert.notEqual((await ask(provider, token)).text, inactive)
  broken = true
  const { status, text, headers } = await ask(provider, token)
  assert.equal(status, 503)
  assert.equal(headers.get('retry-after'), '1')
  assert.doesNotMatch(text, /active/)
  broken = false
  assert.notEqual((await ask(provider, token)).text, inactive)
})
