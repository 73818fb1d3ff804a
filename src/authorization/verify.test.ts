import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Refusal, Verified } from '#contract'
import type { Store } from '#storage'
import { clientCredentials, type ExampleOptions, exampleAuthorization, json } from '../../test/example/authorization.js'
import { breakable, counting } from '../../test/example/watched-store.js'

const path = '/connexion/plain/main/token'
type Example = Awaited<ReturnType<typeof exampleAuthorization>>

const token = async ({ post }: Example, client: { id: string; secret: string }, at = path, scope?: string) =>
  String((await json(await post(at, clientCredentials(client, scope)))).access_token)

const verify = ({ authorization }: Example, value: string, platform = 'plain') =>
  authorization().verify({ kind: 'bearer', value }, platform)

const codeOf = (answer: Verified | Refusal) => ('code' in answer ? answer.code : 'verified')

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] a token is proven once, then known at once; a restart does not lose it`, async (t) => {
    const example = await exampleAuthorization(t, { databaseUrl })
    const client = await example.application('plain', 'items')
    const value = await token(example, client)
    const first = verify(example, value)
    assert.ok(first instanceof Promise)
    const verified = await first
    assert.ok('scopes' in verified)
    assert.deepEqual(
      [verified.applicationId, verified.platform, verified.realm, verified.environment, [...verified.scopes]],
      [client.id, 'plain', 'main', 'production', ['api_itemsv1', 'items.read']],
    )
    assert.equal(verify(example, value), verified)
    await example.restart()
    assert.equal(codeOf(await verify(example, value)), 'verified')
    const again = await token(example, client)
    assert.equal(codeOf(await verify(example, again)), 'verified')
  })
}

if (process.env.DATABASE_URL !== undefined) {
  test('[postgres] a suspension on one node acts on another within a second or so', async (t) => {
    const example = await exampleAuthorization(t, { databaseUrl: process.env.DATABASE_URL })
    const client = await example.application('plain', 'items')
    const value = await token(example, client)
    await verify(example, value)
    const other = await example.otherAccess()
    await other.suspend({ applicationId: client.id, actor: 'test' })
    for (let tries = 0; tries < 100; tries += 1) {
      if (codeOf(await verify(example, value)) === 'access/application') return
      await setTimeout(50)
    }
    assert.fail('the other node never learned of it')
  })
}

test('a token ends with its lifetime, in memory and in the store', async (t) => {
  const example = await exampleAuthorization(t)
  const client = await example.application('plain', 'items')
  const [cached, other] = [await token(example, client), await token(example, client)]
  await verify(example, cached)
  example.pass(1_499_000)
  assert.equal(codeOf(await verify(example, cached)), 'verified')
  example.pass(2000)
  assert.equal(codeOf(await verify(example, cached)), 'token/invalid')
  assert.equal(codeOf(await verify(example, other)), 'token/invalid')
})

test('suspension, revocation and resumption act on the next call', async (t) => {
  const example = await exampleAuthorization(t)
  const client = await example.application('plain', 'items')
  const value = await token(example, client)
  await verify(example, value)
  await example.access().suspend({ applicationId: client.id, actor: 'test' })
  assert.equal(codeOf(await verify(example, value)), 'access/application')
  await example.access().resume({ applicationId: client.id, actor: 'test' })
  assert.equal(codeOf(await verify(example, value)), 'verified')
  assert.equal(codeOf(await verify(example, value)), 'verified')
  await example.post('/connexion/plain/main/revoke', {
    token: value,
    client_id: client.id,
    client_secret: client.secret,
  })
  assert.equal(codeOf(await verify(example, value)), 'token/invalid')
})

test('a token of another platform is foreign; what is no token is invalid without a look in the store', async (t) => {
  let queries = 0
  const example = await exampleAuthorization(t, { around: counting(() => (queries += 1)) })
  const client = await example.application('plain', 'items')
  const value = await token(example, client)
  assert.equal(codeOf(await verify(example, value, 'france-travail')), 'token/foreign')
  assert.equal(codeOf(await verify(example, value, 'france-travail')), 'token/foreign')
  assert.equal(codeOf(await verify(example, value)), 'verified')
  queries = 0
  for (const bad of ['', 'x', `${value}=`, `${value} `, 'é'.repeat(43), 'x'.repeat(5000)]) {
    assert.equal(codeOf(await verify(example, bad)), 'token/invalid')
  }
  assert.equal(queries, 0)
  const unknown = 'x'.repeat(43)
  const answers = await Promise.all(Array.from({ length: 500 }, () => verify(example, unknown)))
  assert.ok(answers.every((answer) => codeOf(answer) === 'token/invalid'))
  assert.equal(queries, 1)
  assert.equal(codeOf(await verify(example, unknown)), 'token/invalid')
  assert.equal(queries, 1)
})

test('an API key stands for its application with all it subscribed to', async (t) => {
  const example = await exampleAuthorization(t)
  const client = await example.application('plain', 'items')
  const key = await example.access().issueApiKey({ applicationId: client.id, actor: 'test' })
  const ask = (platform = 'plain') => example.authorization().verify({ kind: 'api-key', value: key.value }, platform)
  const verified = await ask()
  assert.ok('scopes' in verified)
  assert.deepEqual([verified.applicationId, [...verified.scopes]], [client.id, ['api_itemsv1', 'items.read']])
  assert.equal(codeOf(await ask('france-travail')), 'token/foreign')
  assert.equal(
    codeOf(await example.authorization().verify({ kind: 'bearer', value: key.value }, 'plain')),
    'token/invalid',
  )
  assert.equal(
    codeOf(await example.authorization().verify({ kind: 'api-key', value: client.secret }, 'plain')),
    'token/invalid',
  )
  await example.access().suspend({ applicationId: client.id, actor: 'test' })
  assert.equal(codeOf(await ask()), 'access/application')
  await example.access().resume({ applicationId: client.id, actor: 'test' })
  await example.access().revokeSecret({ applicationId: client.id, credentialId: key.id, actor: 'test' })
  assert.equal(codeOf(await ask()), 'token/invalid')
})

test('when the feed is silent every call is proven again, and refused 503 when the store does not answer', async (t) => {
  let silence = 0
  let broken = false
  const around = (store: Store): Store => ({
    ...store,
    get db() {
      return store.db
    },
    feed: {
      publish: (transaction, change) => store.feed.publish(transaction, change),
      // Nothing is told: what another node writes while the feed is broken.
      subscribe: (listener) => store.feed.subscribe((change) => (silence > 0 ? undefined : listener(change))),
      silentMilliseconds: () => silence,
    },
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  })
  const failing: ExampleOptions = { around: (store) => breakable(around(store), () => broken) }
  const example = await exampleAuthorization(t, failing)
  const client = await example.application('plain', 'items')
  const key = await example.access().issueApiKey({ applicationId: client.id, actor: 'test' })
  const value = await token(example, client)
  await verify(example, value)
  const byKey = () => example.authorization().verify({ kind: 'api-key', value: key.value }, 'plain')

  broken = true
  assert.equal(codeOf(await verify(example, value)), 'verified', 'the feed is whole: memory is proof')
  silence = 1500
  const unproven = await verify(example, value)
  assert.ok('status' in unproven)
  assert.deepEqual([unproven.code, unproven.status], ['gateway/unproven', 503])
  assert.equal(codeOf(await byKey()), 'gateway/unproven')

  broken = false
  assert.equal(codeOf(await verify(example, value)), 'verified')
  assert.equal(codeOf(await byKey()), 'verified')
  await sql`update application set state = 'suspended' where id = ${client.id}`.execute(example.store().db)
  assert.equal(codeOf(await verify(example, value)), 'access/application')
  assert.equal(codeOf(await byKey()), 'access/application')
  await sql`delete from oidc_artifact`.execute(example.store().db)
  assert.equal(codeOf(await verify(example, value)), 'token/invalid')
})

test('a token that cannot be kept is not handed out: 503 with Retry-After', async (t) => {
  let broken = false
  const example = await exampleAuthorization(t, { around: (store) => breakable(store, () => broken) })
  const client = await example.application('plain', 'items')
  broken = true
  const answer = await example.post(path, clientCredentials(client))
  assert.equal(answer.status, 503)
  assert.equal(answer.headers.get('retry-after'), '1')
  assert.deepEqual(await json(answer), {
    error: 'temporarily_unavailable',
    error_description: 'Try again in a moment',
  })
  broken = false
  assert.equal((await example.post(path, clientCredentials(client))).status, 200)
})

test('no secret and no token lies in the files of the store or in the log', async (t) => {
  const example = await exampleAuthorization(t)
  const client = await example.application('plain', 'items')
  const canary = 'canary-secret-canary-secret-canary-secret-1'
  const value = await token(example, client)
  await verify(example, value)
  await example.post(path, { ...clientCredentials(client), client_secret: canary })
  await example.post(path, { ...clientCredentials(client), client_id: canary })
  await example.post(`${path}?client_secret=${canary}`, clientCredentials(client))
  await verify(example, canary)
  const files = await readdir(example.folder, { recursive: true, withFileTypes: true })
  const bytes = Buffer.concat(
    await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)))),
  )
  const log = example.lines.join('')
  assert.ok(
    bytes.includes(client.id) && log.includes('authorization.client-refused'),
    'the test looks in the right place',
  )
  for (const secret of [client.secret, value, canary]) {
    assert.ok(!bytes.includes(secret))
    assert.ok(!log.includes(secret))
  }
})
