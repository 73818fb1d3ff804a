import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createLog, isProblem, randomIdentifiers } from '#base'
import type { ApiVersion, Platform } from '#contract'
import { exampleApi, exampleCatalog, examplePlatform } from '../../../test/example/catalog.js'
import { exampleStore } from '../../../test/example/store.js'
import { createAccess } from '../create-access.js'
import type { VisitorToken } from './api-tokens.js'
import { createVisitorPurge } from './visitor-purge.js'

const day = 86_400_000
const habits = { kind: 'jwt', days: 548, renewalDays: 90, replacementDays: 30 } as const
const bouquet: Platform = { ...examplePlatform('bouquet', null), tokens: habits }
const other: Platform = { ...examplePlatform('other', null), tokens: { ...habits, days: 7 } }
const apis = [
  { ...exampleApi('bouquet', 'quotient', '3'), dataScopes: ['quotient', 'enfants'] },
  exampleApi('other', 'items', '1'),
]

/** Two nodes on one store: on PostgreSQL each with connections of its own. */
async function setUp(t: TestContext, databaseUrl?: string, published: readonly ApiVersion[] = apis) {
  let now = 1_800_000_000_000
  const clock = () => now
  const lines: string[] = []
  const log = createLog({ clock, level: 'debug', write: (line) => lines.push(line) })
  const example = await exampleStore(t, databaseUrl, clock)
  const catalog = exampleCatalog([bouquet, other, examplePlatform('plain', null)], published)
  const open = async (store = example.store()) => {
    const options = { store, vault: example.vault, catalog, identifiers: randomIdentifiers, clock, log }
    const access = await createAccess(options)
    t.after(() => access.close())
    return access
  }
  const one = await open()
  const two = databaseUrl === undefined ? one : await open(await example.another())
  const ask = (address = '203.0.113.7', platform = 'bouquet', node = one) =>
    node.tokens.giveToVisitor({ platform, address })
  const purge = async () => {
    const made = createVisitorPurge({ store: example.store(), catalog, clock, log })
    await made.purge()
    await made.close()
  }
  return { ...example, one, two, open, ask, purge, lines, clock, pass: (by: number) => (now += by) }
}

const given = (answer: VisitorToken) => (answer.kind === 'given' ? answer.token : assert.fail(answer.kind))
const count = (answers: readonly VisitorToken[]) => answers.filter(({ kind }) => kind === 'given').length
const refusedWith = (code: string) => (error: unknown) => isProblem(error) && error.code === code

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] a visitor gets every scope of the sandbox for a month, on record, and is named nowhere`, async (t) => {
    const { one, two, ask, store, clock, lines } = await setUp(t, databaseUrl)
    const token = given(await ask())
    assert.deepEqual(token.scopes, ['api_testquotientv3', 'quotient', 'enfants'])
    assert.deepEqual([token.environment, token.applicationId], ['sandbox', 'visitors-bouquet'])
    assert.equal(token.expiresAt, clock() + 30 * day)
    assert.equal(given(await ask('203.0.113.7', 'other')).expiresAt, clock() + 7 * day, 'no longer than others live')
    for (const node of [one, two]) {
      const proven = await node.tokens.prove(token.token, 'fromStore')
      assert.ok('scopes' in proven && proven.scopes.has('enfants'))
      assert.equal(proven.visitor, true, 'nobody in particular')
    }
    const { token: _, ...view } = token
    assert.deepEqual(await two.tokens.list({ platform: 'bouquet' }), [view])
    const { credentials, redirectUris, type } = await one.show(token.applicationId)
    assert.deepEqual([credentials, redirectUris, type], [[], [], 'public'], 'nobody can act as the visitors')
    const audit = await store().db.selectFrom('audit').selectAll().where('actor', '=', 'visitor').execute()
    assert.deepEqual(audit.map(({ action, object }) => `${action} ${object}`).sort(), [
      'access.create application:visitors-bouquet',
      'access.create application:visitors-other',
      'access.token-create application:visitors-bouquet',
      'access.token-create application:visitors-other',
    ])
    const rows = await Promise.all(
      (['api_token', 'oidc_artifact', 'audit', 'secret', 'application'] as const).map((table) =>
        store().db.selectFrom(table).selectAll().execute(),
      ),
    )
    const kept = JSON.stringify([rows, lines])
    assert.ok(!/203\.0\.113/.test(kept) && !kept.includes(token.token), 'neither the address nor the text is kept')
  })

  test(`[${kind}] of 50 at once from one address exactly 5 get one, over two nodes and a restart, until a day has passed`, async (t) => {
    const { one, two, ask, open, reopen, store, pass } = await setUp(t, databaseUrl)
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ask('2001:db8::1', 'bouquet', index % 2 === 0 ? one : two)),
    )
    assert.equal(count(all), 5)
    assert.ok(
      all.every((each) => each.kind === 'given' || (each.kind === 'wait' && each.of === 'address')),
      JSON.stringify(all),
    )
    assert.equal((await one.tokens.list()).length, 5, 'what was refused is not kept')
    pass(day / 2)
    const wait = { kind: 'wait', of: 'address', limit: 5, retryAfterSeconds: 43_200 }
    assert.deepEqual(await ask('2001:db8::ffff'), wait, 'one subscriber, whatever the end of the address')
    assert.deepEqual(await ask('2001:db8::1', 'other'), wait, 'on whatever platform')
    const written = await store().db.selectFrom('oidc_artifact').selectAll().execute()
    await Promise.all(Array.from({ length: 20 }, () => ask('2001:db8::1')))
    assert.deepEqual(
      await store().db.selectFrom('oidc_artifact').selectAll().execute(),
      written,
      'who waits writes nothing',
    )
    assert.equal((await ask('2001:db8:0:1::1')).kind, 'given', 'another subscriber')
    const restarted = await open(databaseUrl === undefined ? await reopen() : undefined)
    assert.equal((await ask('2001:db8::1', 'bouquet', restarted)).kind, 'wait')
    pass(day / 2)
    assert.equal((await ask('2001:db8::1', 'bouquet', restarted)).kind, 'given')
  })

  test(`[${kind}] of many at once from one network exactly 20 of a /48 and 40 of an IPv4 /24 get one, each from an address of its own`, async (t) => {
    const { one, two, ask, pass } = await setUp(t, databaseUrl)
    /** Fifteen at once, so that the last of them wait for no connection longer than a pool lets them. */
    const from = async (addresses: readonly string[]) => {
      const answers: VisitorToken[] = []
      for (let at = 0; at < addresses.length; at += 15)
        answers.push(
          ...(await Promise.all(
            addresses.slice(at, at + 15).map((each, index) => ask(each, 'bouquet', index % 2 === 0 ? one : two)),
          )),
        )
      return answers
    }
    const names = Array.from({ length: 45 }, (_, index) => index)
    for (const [limit, addresses, another, neighbour] of [
      [20, names.slice(0, 30).map((name) => `2001:db8:1:${name}::1`), '2001:db8:1:ff00::1', '2001:db8:2::1'],
      [40, names.map((name) => `192.0.2.${name}`), '::ffff:192.0.2.255', '192.0.3.0'],
    ] as const) {
      assert.equal(count(await from(addresses)), limit)
      const wait = { kind: 'wait', of: 'network', limit, retryAfterSeconds: 86_400 }
      assert.deepEqual(await ask(another), wait)
      assert.deepEqual(await ask(another, 'other'), wait, 'on whatever platform')
      assert.equal((await ask(neighbour)).kind, 'given', 'another network')
    }
    pass(day)
    assert.equal((await ask('2001:db8:1::1')).kind, 'given')
  })

  test(`[${kind}] a platform gives 200 a day: of 50 at once at the limit exactly what is left`, async (t) => {
    const { one, two, ask, store, lines, pass } = await setUp(t, databaseUrl)
    assert.equal((await ask('198.51.100.1')).kind, 'given')
    // As after 190 visitors: the platform's row is the one that both addresses share.
    const before = await store().db.selectFrom('oidc_artifact').select('id_hash').execute()
    assert.equal((await ask('203.0.113.2')).kind, 'given')
    const [platformRow] = await store()
      .db.selectFrom('oidc_artifact')
      .select(['id_hash', 'consumed_at'])
      .where('consumed_at', '=', 2)
      .execute()
    assert.ok(platformRow && before.some(({ id_hash }) => id_hash === platformRow.id_hash))
    await store()
      .db.updateTable('oidc_artifact')
      .set({ consumed_at: 190 })
      .where('id_hash', '=', platformRow.id_hash)
      .execute()
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => ask(`192.0.2.${index}`, 'bouquet', index % 2 === 0 ? one : two)),
    )
    assert.equal(count(all), 10)
    const wait = { kind: 'wait', of: 'platform', limit: 200, retryAfterSeconds: 86_400 }
    assert.deepEqual(
      all.filter((each) => each.kind === 'wait'),
      Array.from({ length: 40 }, () => wait),
    )
    assert.equal((await ask('192.0.2.200', 'other')).kind, 'given', 'another platform has a day of its own')
    assert.equal(lines.filter((line) => line.includes('access.visitor-tokens-spent')).length, 1, 'told once')
    const visits = [...new Set([one, two])].map(({ tokens }) => tokens.visits())
    const sum = (of: 'given' | 'platform') => visits.reduce((all, each) => all + each[of], 0)
    assert.deepEqual([sum('given'), sum('platform')], [13, 40])
    pass(day)
    assert.equal((await ask('192.0.2.1')).kind, 'given')
  })

  test(`[${kind}] a token ends after its month, and goes a month later; those of applications stay`, async (t) => {
    const { one, ask, purge, pass } = await setUp(t, databaseUrl)
    const token = given(await ask())
    const { application } = await one.createApplication({
      ...{ name: 'Mairie', platform: 'bouquet', environment: 'sandbox', actor: 'test' },
    })
    const own = await one.tokens.create({ applicationId: application.id, actor: 'test' })
    const provenOwn = await one.tokens.prove(own.token)
    assert.ok('tokenId' in provenOwn && provenOwn.visitor === undefined, 'an application of the sandbox is somebody')
    const ids = async () => (await one.tokens.list()).map(({ id }) => id).sort()
    pass(30 * day)
    const ended = await one.tokens.prove(token.token)
    assert.ok('detail' in ended && ended.detail?.reason === 'expired')
    pass(30 * day - 1)
    await purge()
    assert.deepEqual(await ids(), [own.id, token.id].sort(), 'for a while it is known, and told to have ended')
    pass(1)
    await purge()
    assert.deepEqual(await ids(), [own.id])
    pass(600 * day)
    await purge()
    assert.deepEqual(await ids(), [own.id])
  })
}

test('the operator blocks one, or all by suspending the application that holds them', async (t) => {
  const { one, ask } = await setUp(t)
  const [first, second] = [given(await ask()), given(await ask())]
  assert.equal(await one.tokens.revoke({ tokenId: first.id, actor: 'operator' }), true)
  const refused = await one.tokens.prove(first.token)
  assert.ok('detail' in refused && refused.detail?.reason === 'revoked')
  assert.ok('scopes' in (await one.tokens.prove(second.token)))
  await one.suspend({ applicationId: 'visitors-bouquet', actor: 'operator' })
  assert.deepEqual(await ask(), { kind: 'closed' })
  assert.equal((await ask('203.0.113.7', 'other')).kind, 'given')
  await one.resume({ applicationId: 'visitors-bouquet', actor: 'operator' })
  assert.equal((await ask()).kind, 'given')
  assert.deepEqual(one.tokens.visits(), { given: 4, address: 0, network: 0, platform: 0, closed: 1 })
})

test('a token opens no sandbox that a provider answers, whatever scopes it shares, and none is given where nothing else is left', async (t) => {
  const invented = { ...exampleApi('bouquet', 'quotient', '3'), dataScopes: ['quotient', 'shared'] }
  const [listed, open] = (['listed', 'open'] as const).map((code) => ({
    ...exampleApi('bouquet', code, '1'),
    upstreams: { production: [], sandbox: [{ url: 'https://staging.example', weight: 1 }] },
  }))
  assert.ok(listed && open)
  const ours = {
    ...exampleApi('bouquet', 'ours', '1'),
    upstreams: { production: 'gateway', sandbox: 'gateway' },
  } as const
  const claims = {
    ...exampleApi('bouquet', 'claims', '1'),
    upstreams: { production: 'realm', sandbox: 'realm' },
  } as const
  const asksNothing = { ...open, scopes: { production: [], sandbox: [] } }
  const all = [invented, { ...listed, dataScopes: ['shared', 'real'] }, asksNothing, ours, claims]
  const { one, ask } = await setUp(t, undefined, [
    ...all,
    { ...asksNothing, platform: 'other' },
    { ...ours, platform: 'other' },
  ])
  const token = given(await ask())
  assert.deepEqual(token.scopes, ['api_testquotientv3', 'quotient', 'shared', 'api_testoursv1'])
  const proven = await one.tokens.prove(token.token)
  assert.ok('scopes' in proven)
  const opened = all.filter((api) => proven.ownSubscription?.(api, 'sandbox') !== undefined)
  assert.deepEqual(opened, [invented, ours])
  const moved = { ...invented, upstreams: { production: [], sandbox: [{ url: 'https://staging.example', weight: 1 }] } }
  assert.equal(proven.ownSubscription?.(moved, 'sandbox'), undefined, 'nor one that a provider answers from now on')
  const { application } = await one.createApplication({
    ...{ name: 'Mairie', platform: 'bouquet', environment: 'sandbox', actor: 'test' },
  })
  const own = await one.tokens.create({ applicationId: application.id, actor: 'test' })
  assert.ok(own.scopes.includes('real'), 'applications are given it as before')
  const ownProven = await one.tokens.prove(own.token)
  assert.ok('scopes' in ownProven && ownProven.ownSubscription?.(asksNothing, 'sandbox') !== undefined)
  assert.deepEqual(await ask('203.0.113.7', 'other'), { kind: 'closed' })
})

test('an unknown platform, and one without such tokens, are refused before anything is kept', async (t) => {
  const { ask, store } = await setUp(t)
  await assert.rejects(ask('203.0.113.7', 'nowhere'), refusedWith('access/unknown-platform'))
  await assert.rejects(ask('203.0.113.7', 'plain'), refusedWith('access/no-tokens-here'))
  assert.deepEqual(await store().db.selectFrom('oidc_artifact').selectAll().execute(), [])
  assert.deepEqual(await store().db.selectFrom('application').selectAll().execute(), [])
})
