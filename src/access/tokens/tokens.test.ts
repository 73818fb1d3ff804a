import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isProblem, randomIdentifiers, silentLog } from '#base'
import type { ApiVersion, Platform, Refusal } from '#contract'
import { exampleApi, exampleCatalog, examplePlatform } from '../../../test/example/catalog.js'
import { exampleStore } from '../../../test/example/store.js'
import { createAccess } from '../create-access.js'
import type { ProvenToken, ShownToken } from './api-tokens.js'

const actor = 'test'
const day = 86_400_000
const bouquet: Platform = {
  ...examplePlatform('bouquet', null),
  tokens: { kind: 'jwt', days: 548, renewalDays: 90, replacementDays: 30 },
}
const plain = examplePlatform('plain', null)
const apis: readonly ApiVersion[] = [
  {
    ...exampleApi('bouquet', 'quotient', '3'),
    dataScopes: ['quotient', 'enfants'],
    scopes: { production: [], sandbox: [] },
  },
  {
    ...exampleApi('bouquet', 'etudiant', '3'),
    ...{ dataScopes: ['identite'], scopes: { production: [], sandbox: [] } },
    operations: [
      { id: 'ine', method: 'GET', path: '/ine', segments: [], definition: { 'x-right': 'sphere-educative' } },
    ],
  },
  { ...exampleApi('bouquet', 'introspect', '3'), scopes: { production: [], sandbox: [] } },
  exampleApi('plain', 'items', '1'),
]

async function setUp(t: TestContext, databaseUrl?: string) {
  let now = 1_800_000_000_000
  const clock = () => now
  const example = await exampleStore(t, databaseUrl, clock)
  const catalog = exampleCatalog([bouquet, plain], apis)
  const open = async (store = example.store()) => {
    const access = await createAccess({
      ...{ store, vault: example.vault, catalog, identifiers: randomIdentifiers, clock, log: silentLog },
    })
    t.after(() => access.close())
    return access
  }
  const access = await open()
  /** Tokens of a node whose transactions begin only once another has done something. */
  const overtaken = async (other: () => Promise<unknown>) => {
    const { kind, db, feed, backup, ping, close } = example.store()
    const late = await open({
      ...{ kind, db, feed, backup, ping, close },
      async transaction(work) {
        await other()
        return example.store().transaction(work)
      },
    })
    return late.tokens
  }
  const application = async (environment: 'production' | 'sandbox' = 'production', platform = 'bouquet') =>
    (await access.createApplication({ name: 'Mairie', platform, environment, actor })).application.id
  const token = async (more: object = {}) =>
    access.tokens.create({ ...wanted, applicationId: await application(), ...more, actor })
  return {
    ...example,
    access,
    tokens: access.tokens,
    application,
    token,
    open,
    overtaken,
    pass: (by: number) => (now += by),
    clock,
  }
}

const wanted = { title: 'Cantine', scopes: ['quotient', 'identite'] }
const refusedWith = (code: string) => (error: unknown) => isProblem(error) && error.code === code
const said = (answer: ProvenToken | Refusal) =>
  'code' in answer ? `${answer.code} ${answer.detail?.reason ?? ''}`.trim() : 'proven'
const claimsOf = ({ token }: ShownToken) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] a token is made, says its claims, is shown again the same, and listed without its text`, async (t) => {
    const { tokens, application, store, access } = await setUp(t, databaseUrl)
    const applicationId = await application()
    const made = await tokens.create({
      ...{
        ...wanted,
        applicationId,
        rights: ['sphere-educative'],
        habilitationId: 'hab_12',
        recipient: '13002526500013',
      },
      ...{ networks: ['203.0.113.0/24', '2001:db8::/32'], callsPerMinute: 60, actor },
    })
    const { uid, jti, ...rest } = claimsOf(made)
    assert.match(uid, /^[0-9a-f-]{36}$/)
    assert.equal(jti, made.id)
    assert.deepEqual(rest, {
      ...{ scopes: ['quotient', 'identite'], sub: 'Cantine', extra_info: {}, version: '1.0' },
      ...{ iat: 1_800_000_000, exp: 1_800_000_000 + 548 * 86_400 },
    })
    assert.equal((await tokens.show(made.id)).token, made.token)
    const proven = await tokens.prove(made.token)
    assert.ok('scopes' in proven)
    assert.deepEqual(
      [
        [...proven.scopes],
        [...(proven.rights ?? [])],
        proven.habilitationId,
        proven.recipient,
        proven.networks,
        proven.quotas,
      ],
      [
        ...[['quotient', 'identite'], ['sphere-educative'], 'hab_12', '13002526500013'],
        ...[['203.0.113.0/24', '2001:db8::/32'], [{ key: 'token', limit: 60, periodSeconds: 60, algorithm: 'fixed' }]],
      ],
    )
    const { token: _, ...view } = made
    assert.deepEqual(await tokens.list({ applicationId }), [view])
    assert.deepEqual(await tokens.list({ platform: 'plain' }), [])
    assert.equal(view.state, 'live')
    const audit = await store().db.selectFrom('audit').selectAll().where('action', '=', 'access.token-create').execute()
    assert.equal(audit.length, 1)
    assert.equal(JSON.stringify(audit).includes(made.token), false)
    assert.equal((await access.show(applicationId)).scopes.length, 0, 'what a token opens is not the application’s')
  })

  test(`[${kind}] it opens the APIs of which it holds a scope, and those that ask for none`, async (t) => {
    const { tokens, token } = await setUp(t, databaseUrl)
    const proven = await tokens.prove((await token({ scopes: ['enfants'] })).token)
    assert.ok('scopes' in proven && proven.ownSubscription !== undefined)
    const open = apis.filter((api) => proven.ownSubscription?.(api, 'production') !== undefined)
    assert.deepEqual(
      open.map(({ code }) => code),
      ['quotient', 'introspect'],
    )
    const [first] = apis
    assert.ok(first)
    assert.equal(proven.ownSubscription(first, 'sandbox'), undefined)
    assert.equal(proven.ownSubscription(first, 'production'), proven.ownSubscription(first, 'production'))
  })

  test(`[${kind}] renewal: only in the last 90 days, by 18 months, and the old text goes on working`, async (t) => {
    const { tokens, token, pass } = await setUp(t, databaseUrl)
    const made = await token()
    pass(457 * day)
    await assert.rejects(tokens.renew({ tokenId: made.id, actor }), refusedWith('access/renewal-too-early'))
    pass(day)
    const renewed = await tokens.renew({ tokenId: made.id, actor })
    assert.equal(renewed.expiresAt, made.expiresAt + 548 * day)
    await assert.rejects(tokens.renew({ tokenId: made.id, actor }), refusedWith('access/renewal-too-early'))
    pass(100 * day)
    assert.equal(said(await tokens.prove(made.token)), 'proven')
    assert.equal(said(await tokens.prove(renewed.token)), 'proven')
    pass(548 * day)
    assert.equal(said(await tokens.prove(renewed.token)), 'token/invalid expired')
    await assert.rejects(tokens.renew({ tokenId: made.id, actor }), refusedWith('access/token-expired'))
    assert.equal((await tokens.show(made.id)).state, 'expired')
  })

  test(`[${kind}] replacement: the new one at once, the old one until its date`, async (t) => {
    const { tokens, token, pass, clock } = await setUp(t, databaseUrl)
    const made = await token({ networks: ['192.0.2.1'], rights: ['sphere-educative'] })
    const { token: next, previousBlockedAt } = await tokens.replace({ tokenId: made.id, actor })
    assert.equal(previousBlockedAt, clock() + 30 * day)
    assert.deepEqual([next.scopes, next.networks, next.rights], [made.scopes, ['192.0.2.1'], ['sphere-educative']])
    const old = await tokens.show(made.id)
    assert.deepEqual([old.state, old.replacedBy, old.blockedAt], ['ending', next.id, previousBlockedAt])
    assert.equal(said(await tokens.prove(made.token)), 'proven')
    assert.equal(said(await tokens.prove(next.token)), 'proven')
    await assert.rejects(tokens.replace({ tokenId: made.id, actor }), refusedWith('access/token-blocked'))
    await assert.rejects(tokens.renew({ tokenId: made.id, actor }), refusedWith('access/token-blocked'))
    pass(30 * day)
    assert.equal(said(await tokens.prove(made.token)), 'token/invalid revoked')
    assert.equal(said(await tokens.prove(next.token)), 'proven')
    const { previousBlockedAt: now } = await tokens.replace({ tokenId: next.id, afterDays: 0, actor })
    assert.equal(now, clock())
    assert.equal(said(await tokens.prove(next.token)), 'token/invalid revoked')
  })

  test(`[${kind}] of 50 replacements at once one wins; the others are told`, async (t) => {
    const { tokens, token, store } = await setUp(t, databaseUrl)
    const made = await token()
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => tokens.replace({ tokenId: made.id, actor })))
    const lost = all.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    assert.equal(lost.length, 49)
    assert.ok(lost.every((reason) => isProblem(reason) && reason.status === 409))
    assert.equal((await tokens.list()).length, 2)
    const audit = await store()
      .db.selectFrom('audit')
      .select('id')
      .where('action', '=', 'access.token-replace')
      .execute()
    assert.equal(audit.length, 1)
  })

  test(`[${kind}] from where and how often it may be used is changed from the next proof on, each alone, on record`, async (t) => {
    const { tokens, token, store } = await setUp(t, databaseUrl)
    const made = await token({ networks: ['192.0.2.1'], callsPerMinute: 60 })
    const limits = async () => {
      const proven = await tokens.prove(made.token)
      assert.ok('scopes' in proven)
      return [proven.networks, proven.quotas?.map(({ limit }) => limit)]
    }
    const networks = ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7']
    const set = await tokens.setLimits({ tokenId: made.id, networks: [...networks, '198.51.100.7'], actor })
    assert.deepEqual([set.networks, set.callsPerMinute, set.token], [networks, 60, made.token])
    assert.deepEqual(await limits(), [networks, [60]])
    await tokens.setLimits({ tokenId: made.id, callsPerMinute: 5, actor })
    assert.deepEqual(await limits(), [networks, [5]])
    await tokens.setLimits({ tokenId: made.id, networks: [], callsPerMinute: null, actor })
    assert.deepEqual(await limits(), [undefined, undefined])
    const { token: next } = await tokens.replace({ tokenId: made.id, afterDays: 10, actor })
    await tokens.setLimits({ tokenId: made.id, callsPerMinute: 7, actor })
    assert.deepEqual(await limits(), [undefined, [7]], 'one that is to end later too')
    assert.equal((await tokens.show(next.id)).callsPerMinute, null, 'its successor goes its own way')
    const audit = await store()
      .db.selectFrom('audit')
      .select('detail')
      .where('action', '=', 'access.token-set')
      .orderBy('at')
      .orderBy('id')
      .execute()
    const details = audit.map(({ detail }) => JSON.parse(detail))
    assert.equal(details.length, 4)
    const last = { token: made.id, networks: [], callsPerMinute: 7 }
    assert.ok(details.some((detail) => JSON.stringify(detail) === JSON.stringify(last)))
    await tokens.revoke({ tokenId: made.id, actor })
    const refusedSet = (tokenId: string) => tokens.setLimits({ tokenId, callsPerMinute: 1, actor })
    await assert.rejects(refusedSet(made.id), refusedWith('access/token-ended'))
    await assert.rejects(refusedSet(`${made.id.slice(0, -1)}x`), refusedWith('access/unknown-token'))
    assert.equal((await tokens.show(made.id)).callsPerMinute, 7)
  })

  test(`[${kind}] a token that is limited while it is being replaced hands the narrower limits on`, async (t) => {
    const { tokens, token, overtaken } = await setUp(t, databaseUrl)
    const made = await token()
    const late = await overtaken(() => tokens.setLimits({ tokenId: made.id, networks: ['192.0.2.1'], actor }))
    const { token: next } = await late.replace({ tokenId: made.id, actor })
    assert.deepEqual((await tokens.show(next.id)).networks, ['192.0.2.1'])
  })

  test(`[${kind}] a rotation that another one has overtaken is told, and rotates nothing`, async (t) => {
    const { tokens, token, overtaken } = await setUp(t, databaseUrl)
    const made = await token()
    const late = await overtaken(() => tokens.rotateKey({ overlapDays: 10, actor }))
    await assert.rejects(late.rotateKey({ overlapDays: 0, actor }), refusedWith('access/key-changed'))
    assert.equal(said(await tokens.prove(made.token)), 'proven')
  })

  test(`[${kind}] of rotations at once on two nodes each is done whole, or told that it came late`, async (t) => {
    const { tokens, token, another, open, store } = await setUp(t, databaseUrl)
    const made = await token()
    const other = databaseUrl === undefined ? tokens : (await open(await another())).tokens
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? tokens : other).rotateKey({ actor })),
    )
    const lost = all.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    assert.ok(lost.length < 8 && lost.every(refusedWith('access/key-changed')), String(lost[0]))
    const rotations = store().db.selectFrom('audit').select('id').where('action', '=', 'access.token-key-rotate')
    assert.equal((await rotations.execute()).length, 8 - lost.length)
    for (const text of [made.token, (await tokens.show(made.id)).token])
      assert.equal(said(await other.prove(text, 'fromStore')), 'proven')
  })

  test(`[${kind}] revocation acts now, also on one that was to end later; a stranger's id is unknown`, async (t) => {
    const { tokens, token, pass } = await setUp(t, databaseUrl)
    const [first, second] = [await token(), await token()]
    await tokens.replace({ tokenId: second.id, actor })
    for (const { id, token: text } of [first, second]) {
      assert.equal(await tokens.revoke({ tokenId: id, actor }), true)
      assert.equal(said(await tokens.prove(text)), 'token/invalid revoked')
      assert.equal(await tokens.revoke({ tokenId: id, actor }), false)
    }
    pass(1)
    for (const tokenId of ['00000000-0000-4000-8000-000000000000', '', '%00', "' or 1=1", first.token])
      for (const verb of ['revoke', 'renew', 'replace'] as const)
        await assert.rejects(tokens[verb]({ tokenId, actor }), refusedWith('access/unknown-token'))
  })

  test(`[${kind}] a new key signs, the old one counts during the overlap; all over a restart`, async (t) => {
    const { tokens, token, pass, reopen, open, store, clock } = await setUp(t, databaseUrl)
    const made = await token()
    await tokens.rotateKey({ overlapDays: 10, actor })
    const again = await tokens.show(made.id)
    assert.notEqual(again.token, made.token)
    for (const { token: text } of [made, again]) assert.equal(said(await tokens.prove(text)), 'proven')
    const end = async (text: string) => {
      const proven = await tokens.prove(text)
      return 'scopes' in proven ? proven.expiresAt : proven.code
    }
    assert.equal(await end(made.token), clock() + 10 * day, 'not believed beyond the end of its key')
    assert.equal(await end(again.token), made.expiresAt, 'the end of another key is nothing to it')
    pass(10 * day)
    assert.equal(said(await tokens.prove(made.token)), 'token/invalid')
    assert.equal(tokens.signed(made.token), false)
    await tokens.rotateKey({ overlapDays: 0, actor })
    assert.equal(said(await tokens.prove(again.token)), 'token/invalid')
    const last = await tokens.show(made.id)
    const kept = await store().db.selectFrom('secret').selectAll().where('name', '=', 'token-keys').execute()
    assert.ok(kept.every(({ value_sealed }) => value_sealed.startsWith('v1.')))
    const reopened = await open(await reopen())
    assert.equal(said(await reopened.tokens.prove(last.token)), 'proven')
  })
}

test('a right that no contract asks for is told with the one that is meant, and the sandbox gives all that there are', async (t) => {
  const { tokens, application, token } = await setUp(t)
  await assert.rejects(token({ rights: ['sphere-educativ'] }), /Did you mean: sphere-educative\?/)
  const applicationId = await application('sandbox')
  assert.deepEqual((await tokens.create({ applicationId, actor })).rights, ['sphere-educative'])
  assert.deepEqual((await tokens.create({ applicationId, rights: [], actor })).rights, [])
  assert.deepEqual((await token({})).rights, [])
})

test('what cannot be a token is refused before anything is kept', async (t) => {
  const { tokens, application, token } = await setUp(t)
  const applicationId = await application()
  const refused: readonly (readonly [object, string])[] = [
    [{ title: '' }, 'access/bad-token-title'],
    [{ title: 'x'.repeat(201) }, 'access/bad-token-title'],
    [{ title: 'a\u0000b' }, 'access/bad-token-title'],
    [{ title: 'a\u202eb' }, 'access/bad-token-title'],
    [{ title: '\ud800' }, 'access/bad-token-title'],
    [{ scopes: [] }, 'access/token-without-scopes'],
    [{ scopes: ['quotien'] }, 'access/unknown-scope'],
    [{ scopes: ['api_itemsv1'] }, 'access/unknown-scope'],
    [{ scopes: Array.from({ length: 201 }, () => 'quotient') }, 'access/token-too-long'],
    [{ rights: ['Sphère éducative'] }, 'access/bad-right'],
    [{ rights: ['x'.repeat(61)] }, 'access/bad-right'],
    [{ rights: ['sphere-educativ'] }, 'access/unknown-right'],
    [{ habilitationId: '' }, 'access/bad-habilitation'],
    [{ habilitationId: 'a b' }, 'access/bad-habilitation'],
    [{ recipient: '13002526500014' }, 'access/bad-recipient'],
    [{ recipient: '1300252650001' }, 'access/bad-recipient'],
    [{ networks: ['mairie.fr'] }, 'access/bad-network'],
    [{ networks: ['203.0.113.0/33'] }, 'access/bad-network'],
    [{ networks: ['203.0.113.0/'] }, 'access/bad-network'],
    [{ networks: ['fe80::1%eth0'] }, 'access/bad-network'],
    [{ networks: ['2001:db8::/129'] }, 'access/bad-network'],
    [{ networks: ['203.0.113.0/08'] }, 'access/bad-network'],
    [{ callsPerMinute: 0 }, 'access/bad-rate'],
    [{ callsPerMinute: 1.5 }, 'access/bad-rate'],
    [{ callsPerMinute: Number.NaN }, 'access/bad-rate'],
    [{ applicationId: 'cli_nobody' }, 'access/unknown-application'],
    [{ applicationId: await application('production', 'plain') }, 'access/no-tokens-here'],
  ]
  for (const [more, code] of refused)
    await assert.rejects(
      tokens.create({ applicationId, ...wanted, ...more, actor }),
      refusedWith(code),
      `${JSON.stringify(more)} is ${code}`,
    )
  assert.deepEqual(await tokens.list(), [])
  const made = await token()
  const unset: readonly (readonly [object, string])[] = [
    [{}, 'access/nothing-to-set'],
    [{ networks: ['203.0.113.0/33'] }, 'access/bad-network'],
    [{ networks: ['203.0.113'] }, 'access/bad-network'],
    [{ networks: ['any'] }, 'access/bad-network'],
    [{ networks: [''] }, 'access/bad-network'],
    [{ networks: ['fe80::1%eth0'] }, 'access/bad-network'],
    [{ networks: ['::/129'], callsPerMinute: 3 }, 'access/bad-network'],
    [{ networks: Array.from({ length: 201 }, () => '192.0.2.1') }, 'access/bad-network'],
    [{ callsPerMinute: 0 }, 'access/bad-rate'],
    [{ callsPerMinute: -1, networks: [] }, 'access/bad-rate'],
    [{ callsPerMinute: Number.POSITIVE_INFINITY }, 'access/bad-rate'],
  ]
  for (const [change, code] of unset)
    await assert.rejects(tokens.setLimits({ tokenId: made.id, ...change, actor }), refusedWith(code))
  assert.deepEqual(await tokens.show(made.id), made)
  for (const afterDays of [-1, 1.5, 367, Number.NaN])
    await assert.rejects(tokens.replace({ tokenId: made.id, afterDays, actor }), refusedWith('access/bad-block-date'))
  for (const overlapDays of [-1, 0.5, 1_831])
    await assert.rejects(tokens.rotateKey({ overlapDays, actor }), refusedWith('access/bad-key-overlap'))
})

test('the sandbox gives one at once, with every scope', async (t) => {
  const { tokens, application } = await setUp(t)
  const made = await tokens.create({ applicationId: await application('sandbox'), actor })
  assert.deepEqual([made.scopes, made.environment], [['quotient', 'enfants', 'identite'], 'sandbox'])
})

test('a use is dated, in batches', async (t) => {
  const { tokens, token, access, clock } = await setUp(t)
  const made = await token()
  tokens.used(made.id)
  assert.equal((await tokens.show(made.id)).lastUsedAt, null)
  await access.close()
  assert.equal((await tokens.show(made.id)).lastUsedAt, clock())
})
