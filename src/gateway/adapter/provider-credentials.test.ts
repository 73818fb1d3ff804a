import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { type NoProof, providerProof } from './provider-credentials.js'

/** A token endpoint that says what it is told to, and the proof that asks it. */
async function proofOf(
  test: TestContext,
  answer: (count: number) => string,
  secretOf: (name: string) => string | null = () => 'told',
  authentication: 'basic' | 'post' = 'post',
) {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer(asked))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  test.after(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const now = { at: 0 }
  const credentials = {
    ...{ kind: 'oauth' as const, tokenUrl: `http://127.0.0.1:${port}/token`, scope: null, authentication },
    ...{ clientId: 'id', clientSecret: 'secret' },
  } as const
  const failures: string[] = []
  const unreplaced = ({ reason }: NoProof) => void failures.push(reason)
  const proof = providerProof(credentials, { secretOf, now: () => now.at, unreplaced })
  return { proof, now, failures, asked: () => asked }
}

test('a lifetime that is none is the usual one, and none is kept for ever', async (test) => {
  for (const told of ['"bientot"', '-5', '0', 'null', '{}']) {
    const { proof, asked } = await proofOf(test, () => `{"access_token":"a","expires_in":${told}}`)
    for (let calls = 0; calls < 3; calls += 1)
      assert.deepEqual(await proof.headers(), ['Authorization', 'Bearer a'], told)
    assert.equal(asked(), 1, told)
  }
  const { proof, now, asked } = await proofOf(test, () => '{"access_token":"a","expires_in":1e300}')
  await proof.headers()
  now.at = 86_400_000
  await proof.headers()
  assert.equal(asked(), 2)
})

test('a token that is refused is dropped, not the one that came after it', async (test) => {
  const { proof, asked } = await proofOf(test, (count) => `{"access_token":"token-${count}"}`)
  const first = await proof.headers()
  assert.ok(!('reason' in first))
  proof.refused(first)
  const replacing = proof.headers()
  assert.equal(
    proof.headers(),
    first,
    'one call waits for the next one, which a slow endpoint may keep long, not all of them',
  )
  const second = await replacing
  assert.notEqual(second, first)
  proof.refused(first)
  assert.equal(await proof.headers(), second)
  assert.equal(asked(), 2)
})

test('a token that is refused is replaced once a second at most, and used on where it is not', async (test) => {
  const tokens = ['"a"', '"b"', 'null', '"c"', '"d"']
  const { proof, now, failures, asked } = await proofOf(test, (count) => `{"access_token":${tokens[count - 1]}}`)
  const refusedOne = async () => {
    const headers = await proof.headers()
    if ('reason' in headers) return headers.code
    proof.refused(headers)
    return headers[1]
  }
  assert.deepEqual([await refusedOne(), await refusedOne()], ['Bearer a', 'Bearer b'])
  for (let calls = 0; calls < 5; calls += 1) assert.equal(await refusedOne(), 'Bearer b')
  assert.equal(asked(), 2)
  now.at += 999
  assert.equal(await refusedOne(), 'Bearer b')
  now.at += 1
  for (let calls = 0; calls < 5; calls += 1) assert.equal(await refusedOne(), 'Bearer b', 'none came in its place')
  assert.equal(asked(), 3)
  assert.deepEqual(failures, ["no token: the provider's token endpoint answered 200"])
  now.at += 1_000
  assert.deepEqual([await refusedOne(), await refusedOne()], ['Bearer c', 'Bearer c'])
  now.at += 1_000
  assert.equal(await refusedOne(), 'Bearer d')
  now.at += 30_000
  assert.equal(await refusedOne(), 'upstream/unknown', 'a token that has ended is not used on')
})

test('a secret that cannot be written harms nothing that comes after it', async (test) => {
  let secret = 'half \ud800'
  const { proof, asked } = await proofOf(
    test,
    () => '{"access_token":"a"}',
    () => secret,
    'basic',
  )
  const told = await proof.headers()
  assert.ok('reason' in told && told.code === 'upstream/credentials')
  assert.match(told.reason, /half a character/)
  assert.equal(asked(), 0)
  secret = 'whole'
  assert.deepEqual(await proof.headers(), ['Authorization', 'Bearer a'])
})

test('an answer of more than a token needs is not held', async (test) => {
  const large = (count: number) => `{"access_token":"a","more":"${count === 1 ? 'x'.repeat(100_000) : ''}"}`
  const { proof } = await proofOf(test, large)
  assert.deepEqual(await proof.headers(), {
    ...{ code: 'upstream/unknown', reason: "no token: RangeError at the provider's token endpoint" },
  })
  assert.deepEqual(await proof.headers(), ['Authorization', 'Bearer a'])
})

test('an endpoint that cannot be had is not one that refuses', async () => {
  const codeAt = async (tokenUrl: string) => {
    const credentials = { kind: 'oauth', tokenUrl, scope: null, authentication: 'post' } as const
    const named = { ...credentials, clientId: 'id', clientSecret: 'secret' }
    const headers = await providerProof(named, { secretOf: () => 'told', now: () => 0, unreplaced: () => {} }).headers()
    return 'code' in headers ? headers.code : headers
  }
  assert.equal(await codeAt('http://127.0.0.1:1/token'), 'upstream/unreachable')
  assert.equal(await codeAt('http://nowhere.invalid/token'), 'upstream/unresolved')
})

test('a secret that nobody gave is named, nothing is sent in its place, and one that is added later counts', async (test) => {
  const given: Record<string, string> = {}
  const needs = { secretOf: (name: string) => given[name] ?? null, now: () => 0, unreplaced: () => {} }
  const missing = (names: string) => ({
    code: 'upstream/credentials',
    reason: `PORTIQUE_PROVIDER_SECRETS has no ${names}`,
  })
  const key = providerProof({ kind: 'api-key', header: 'X-Key', secret: 'books_key' }, needs)
  const both = providerProof({ kind: 'basic', username: 'books_user', password: 'books_password' }, needs)
  assert.deepEqual(await key.headers(), missing('"books_key"'))
  assert.deepEqual(await both.headers(), missing('"books_user" and no "books_password"'))
  Object.assign(given, { books_key: 'k', books_user: 'u', books_password: '' })
  assert.deepEqual(await both.headers(), missing('"books_password"'))
  given.books_password = 'p'
  assert.deepEqual(await key.headers(), ['X-Key', 'k'])
  assert.deepEqual(await both.headers(), ['Authorization', 'Basic dTpw'])

  const { proof, asked } = await proofOf(
    test,
    () => '{"access_token":"a"}',
    (name) => (name === 'id' ? 'told' : null),
  )
  assert.deepEqual(await proof.headers(), missing('"secret"'))
  assert.equal(asked(), 0)
})
