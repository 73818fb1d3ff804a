import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import type { Refusal, Verified } from '#contract'
import type { Store } from '#storage'
import { type ExampleOptions, exampleAuthorization } from '../../test/example/authorization.js'
import { breakable, counting } from '../../test/example/watched-store.js'

const actor = 'test'
type Example = Awaited<ReturnType<typeof exampleAuthorization>>

async function setUp(t: TestContext, options: ExampleOptions = {}) {
  const example = await exampleAuthorization(t, options)
  const { id: applicationId } = await example.application('plain')
  const { id, token } = await example
    .access()
    .tokens.create({ applicationId, title: 'x', scopes: ['items.read'], actor })
  return { example, applicationId, id, token }
}

const verify = ({ authorization }: Example, value: string, { kind = 'bearer', platform = 'plain' } = {}) =>
  authorization().verify(
    { kind: kind === 'bearer' ? 'bearer' : kind === 'query' ? 'query' : 'api-key', value },
    platform,
  )
const said = (answer: Verified | Refusal) =>
  'code' in answer ? [answer.code, answer.detail?.reason].filter(Boolean).join(' ') : 'verified'

test('proven once, then known at once, wherever it is carried', async (t) => {
  let queries = 0
  const { example, id, applicationId, token } = await setUp(t, { around: counting(() => (queries += 1)) })
  const first = verify(example, token)
  assert.ok(first instanceof Promise)
  const verified = await first
  assert.ok('scopes' in verified)
  const { tokenId, tokenName, environment, platform } = verified
  assert.deepEqual(
    { tokenId, tokenName, applicationId: verified.applicationId, environment, platform, scopes: [...verified.scopes] },
    { tokenId: id, tokenName: id, applicationId, environment: 'production', platform: 'plain', scopes: ['items.read'] },
  )
  queries = 0
  for (const kind of ['bearer', 'api-key', 'query']) assert.equal(verify(example, token, { kind }), verified)
  assert.equal(queries, 0)
  assert.equal(said(await verify(example, token, { platform: 'france-travail' })), 'token/foreign')
})

test('what nobody signed is refused at once, without a look in the store', async (t) => {
  let queries = 0
  const { example, token } = await setUp(t, { around: counting(() => (queries += 1)) })
  queries = 0
  const bad = [
    `${token}=`,
    `${token}x`,
    token.slice(0, -1),
    `${token.slice(0, -4)}AAAA`,
    token.replace('.', '..'),
    `${token} `,
  ]
  for (const value of bad) {
    const answer = verify(example, value)
    assert.ok(!(answer instanceof Promise), value)
    assert.equal(said(answer), 'token/invalid')
  }
  assert.equal(queries, 0)
})

test('an id that the store does not know is asked once', async (t) => {
  let queries = 0
  const { example, id, token } = await setUp(t, { around: counting(() => (queries += 1)) })
  await sql`delete from api_token where id = ${id}`.execute(example.store().db)
  queries = 0
  const all = await Promise.all(Array.from({ length: 200 }, () => verify(example, token)))
  assert.ok(all.every((answer) => said(answer) === 'token/invalid unknown'))
  assert.equal(said(await verify(example, token)), 'token/invalid unknown')
  assert.equal(queries, 1)
})

test('a blocking to come, and the end of its life, act on the hour although it is in memory', async (t) => {
  const { example, id, token } = await setUp(t)
  const tokens = example.access().tokens
  assert.equal(said(await verify(example, token)), 'verified')
  const { token: next } = await tokens.replace({ tokenId: id, afterDays: 1, actor })
  assert.equal(said(await verify(example, token)), 'verified')
  example.pass(86_399_000)
  assert.equal(said(await verify(example, token)), 'verified')
  example.pass(1_000)
  assert.equal(said(await verify(example, token)), 'token/invalid revoked')
  assert.equal(said(await verify(example, next.token)), 'verified')
  example.pass(548 * 86_400_000)
  assert.equal(said(await verify(example, next.token)), 'token/invalid expired')
})

test('a key that was rotated ends what is in memory', async (t) => {
  const { example, token } = await setUp(t)
  assert.equal(said(await verify(example, token)), 'verified')
  await example.access().tokens.rotateKey({ overlapDays: 1, actor })
  assert.equal(said(await verify(example, token)), 'verified')
  example.pass(86_400_000)
  assert.equal(said(await verify(example, token)), 'token/invalid')
  const { id, token: other } = await example.access().tokens.create({
    ...{ applicationId: (await example.application('plain')).id, title: 'y', scopes: ['items.read'], actor },
  })
  assert.equal(said(await verify(example, other)), 'verified')
  await example.access().tokens.rotateKey({ overlapDays: 0, actor })
  assert.equal(said(await verify(example, other)), 'token/invalid')
  assert.equal(said(await verify(example, (await example.access().tokens.show(id)).token)), 'verified')
})

test('while the feed is silent each call is proven in the store: what another node took back is taken back', async (t) => {
  let silence = 0
  let broken = false
  const deaf = (store: Store): Store => ({
    ...store,
    get db() {
      return store.db
    },
    feed: {
      publish: (transaction, change) => store.feed.publish(transaction, change),
      subscribe: (listener) => store.feed.subscribe((change) => (silence > 0 ? undefined : listener(change))),
      silentMilliseconds: () => silence,
    },
    transaction: (work) => store.transaction(work),
    close: () => store.close(),
  })
  const { example, id, token } = await setUp(t, { around: (store) => breakable(deaf(store), () => broken) })
  assert.equal(said(await verify(example, token)), 'verified')
  broken = true
  assert.equal(said(await verify(example, token)), 'verified', 'the feed is whole: memory is proof')
  silence = 1_500
  assert.equal(said(await verify(example, token)), 'gateway/unproven')
  broken = false
  assert.equal(said(await verify(example, token)), 'verified')
  await sql`update api_token set blocked_at = 1 where id = ${id}`.execute(example.store().db)
  assert.equal(said(await verify(example, token)), 'token/invalid revoked')
})

test('a revocation told while a proof is under way is not overtaken by it', async (t) => {
  const { example, id, token } = await setUp(t)
  const proofs = [verify(example, token), example.access().tokens.revoke({ tokenId: id, actor })]
  await Promise.all(proofs)
  assert.equal(said(await verify(example, token)), 'token/invalid revoked')
})
