import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isProblem, randomIdentifiers, silentLog } from '#base'
import { standardOAuthHabits } from '#contract'
import { exampleApi, exampleCatalog, examplePlatform } from '../../test/example/catalog.js'
import { exampleStore } from '../../test/example/store.js'
import { createAccess } from './create-access.js'
import { hashSecret } from './hash-secret.js'

const actor = 'test'
const inPath = examplePlatform('in-path', 'test', {
  ...standardOAuthHabits,
  clientId: 'PAR_{name}_{hex}',
  secret: 'hex',
})
const plain = examplePlatform('plain', null)
const apis = [
  exampleApi('in-path', 'offres', '2'),
  exampleApi('plain', 'items', '1'),
  exampleApi('plain', 'items', '2'),
]

async function setUp(t: TestContext, databaseUrl?: string) {
  let now = 1_800_000_000_000
  const clock = () => now
  const example = await exampleStore(t, databaseUrl, clock)
  const catalog = exampleCatalog([inPath, plain], apis)
  const start = () =>
    createAccess({
      store: example.store(),
      vault: example.vault,
      catalog,
      identifiers: randomIdentifiers,
      clock,
      log: silentLog,
    })
  const access = await start()
  t.after(() => access.close())
  return { ...example, catalog, access, start, pass: (milliseconds: number) => (now += milliseconds), clock }
}

const refusedWith = (code: string) => (error: unknown) => isProblem(error) && error.code === code
const production = 'production' as const

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] an application is created, subscribed, shown with its secret, and kept over a restart`, async (t) => {
    const { access, start, store } = await setUp(t, databaseUrl)
    const { application, secret } = await access.createApplication({
      name: '  Démo Été ',
      platform: 'in-path',
      environment: production,
      actor,
    })
    assert.match(application.id, /^PAR_demoete_[0-9a-f]{64}$/)
    assert.match(secret?.value ?? '', /^[0-9a-f]{64}$/)
    assert.equal(application.name, 'Démo Été')

    const first = await access.subscribe({ applicationId: application.id, api: 'offres', actor })
    const again = await access.subscribe({ applicationId: application.id, api: 'offres/2', actor })
    assert.deepEqual([first.created, again.created], [true, false])
    await access.subscribe({ applicationId: application.id, api: 'in-path/offres/2', environment: 'sandbox', actor })
    assert.deepEqual([...access.allowedScopes(application.id)].sort(), [
      'api_offresv2',
      'api_testoffresv2',
      'offres.read',
    ])

    const page = await access.show(application.id)
    assert.deepEqual(
      page.credentials.map(({ value, live }) => ({ value, live })),
      [{ value: secret?.value, live: true }],
    )
    const audit = await store().db.selectFrom('audit').select(['action', 'actor', 'detail']).orderBy('at').execute()
    assert.deepEqual(audit.map((entry) => entry.action).sort(), [
      'access.create',
      'access.subscribe',
      'access.subscribe',
    ])
    assert.ok(!JSON.stringify(audit).includes(secret?.value ?? 'none'))

    const restarted = await start()
    t.after(() => restarted.close())
    assert.deepEqual(await restarted.show(application.id), page)
  })

  test(`[${kind}] a rotation lets two secrets live until the old one ends`, async (t) => {
    const { access, pass, clock } = await setUp(t, databaseUrl)
    const { application, secret } = await access.createApplication({
      name: 'rotating',
      platform: 'plain',
      environment: production,
      actor,
    })
    assert.match(application.id, /^cli_[\w-]{22}$/)
    pass(1000)
    const second = await access.rotateSecret({ applicationId: application.id, overlapSeconds: 60, actor })
    assert.equal(second.previousEndsAt, clock() + 60_000)
    assert.deepEqual(
      access
        .record(application.id)
        ?.credentials.map((credential) => credential.hash)
        .sort(),
      [hashSecret(secret?.value ?? ''), hashSecret(second.value)].sort(),
    )
    pass(1000)
    const third = await access.rotateSecret({ applicationId: application.id, overlapSeconds: 60, actor })
    const live = (await access.show(application.id)).credentials.filter((credential) => credential.live)
    assert.deepEqual(
      live.map((credential) => credential.value),
      [second.value, third.value],
    )
    pass(60_000)
    assert.deepEqual(
      (await access.show(application.id)).credentials.filter((credential) => credential.live).map(({ value }) => value),
      [third.value],
    )
    await access.revokeSecret({ applicationId: application.id, credentialId: third.id, actor })
    assert.ok((await access.show(application.id)).credentials.every((credential) => !credential.live))
    await assert.rejects(
      access.revokeSecret({ applicationId: application.id, credentialId: 'cre_none', actor }),
      refusedWith('access/unknown-credential'),
    )
  })

  test(`[${kind}] last use is written in a batch at the latest when the room closes`, async (t) => {
    const { access, start, clock } = await setUp(t, databaseUrl)
    const request = { name: 'used', platform: 'plain', environment: production, actor }
    const { application, secret } = await access.createApplication(request)
    const other = await start()
    other.used(secret?.id ?? '')
    assert.equal((await access.show(application.id)).credentials[0]?.lastUsedAt, null)
    await other.close()
    assert.equal((await access.show(application.id)).credentials[0]?.lastUsedAt, clock())
  })
}

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL]))
  test(`[${databaseUrl === undefined ? 'sqlite' : 'postgres'}] several subscriptions are made at once, all or none, each with its audit entry`, async (t) => {
    const { access, store } = await setUp(t, databaseUrl)
    const { application } = await access.createApplication({
      ...{ name: 'all', platform: 'plain', environment: production, actor },
    })
    const applicationId = application.id
    await access.subscribe({ applicationId, api: 'items/1', endsAt: 2_000_000_000_000, actor })
    const wanted = ['items/1', 'items/2'].map((api) => ({ api, environment: production }))
    for (let twice = 0; twice < 2; twice++) await access.subscribeAll({ applicationId, wanted, actor })
    const { subscriptions } = access.snapshot().applications.get(applicationId) ?? assert.fail()
    assert.deepEqual([...subscriptions.keys()].sort(), ['production|plain/items/1', 'production|plain/items/2'])
    assert.equal(subscriptions.get('production|plain/items/1')?.endsAt, 2_000_000_000_000, 'what was there stays')
    const audit = await store().db.selectFrom('audit').select(['action', 'detail']).execute()
    assert.deepEqual(
      audit
        .filter(({ action }) => action === 'access.subscribe')
        .map(({ detail }) => JSON.parse(detail).api)
        .sort(),
      ['plain/items/1', 'plain/items/2'],
    )
    const unknown = [...wanted, { api: 'nothing', environment: production }]
    await assert.rejects(
      access.subscribeAll({ applicationId, wanted: unknown, actor }),
      refusedWith('access/unknown-api'),
    )
    const elsewhere = [{ api: 'items/1', environment: 'sandbox' as const }]
    await assert.rejects(
      access.subscribeAll({ applicationId, wanted: elsewhere, actor }),
      refusedWith('access/bad-environment'),
    )
  })

test('a snapshot is another value after a change, and shares everything that did not change', async (t) => {
  const { access, catalog } = await setUp(t)
  const make = async (name: string) =>
    (await access.createApplication({ name, platform: 'plain', environment: production, actor })).application.id
  const [a, b] = [await make('a'), await make('b')]
  const before = access.snapshot()
  assert.equal(access.snapshot(), before)
  assert.ok(Object.isFrozen(before))

  await access.subscribe({ applicationId: a, api: 'items/1', actor })
  const after = access.snapshot()
  assert.notEqual(after, before)
  assert.ok(after.revision > before.revision)
  assert.equal(after.apis, before.apis)
  assert.equal(after.platforms, before.platforms)
  assert.equal(after.applications.get(b), before.applications.get(b))
  assert.equal(before.applications.get(a)?.subscriptions.size, 0)
  assert.equal(after.applications.get(a)?.subscriptions.size, 1)

  await access.rotateSecret({ applicationId: a, actor })
  assert.equal(access.snapshot(), after, 'a secret is no part of the snapshot')

  catalog.publish(exampleApi('plain', 'more', '1'))
  const published = access.snapshot()
  assert.equal(published.applications, after.applications)
  assert.equal(published.apis.length, after.apis.length + 1)
  await access.subscribe({ applicationId: b, api: 'more', actor })
  assert.ok(access.allowedScopes(b).has('api_morev1'))
  assert.deepEqual([...access.snapshot().applications.keys()].sort(), [a, b].sort())
})

test('suspension, resumption and the end of a subscription are in force at once', async (t) => {
  const { access, pass, clock } = await setUp(t)
  const { application } = await access.createApplication({
    name: 's',
    platform: 'plain',
    environment: production,
    actor,
  })
  await access.suspend({ applicationId: application.id, actor })
  assert.equal(access.snapshot().applications.get(application.id)?.state, 'suspended')
  await access.resume({ applicationId: application.id, actor })
  assert.equal(access.snapshot().applications.get(application.id)?.state, 'active')

  await access.subscribe({ applicationId: application.id, api: 'items/2', endsAt: clock() + 1000, actor })
  assert.equal(access.allowedScopes(application.id).size, 2)
  pass(1000)
  assert.equal(access.allowedScopes(application.id).size, 0)
  assert.equal(await access.unsubscribe({ applicationId: application.id, api: 'items/2', actor }), true)
  assert.equal(await access.unsubscribe({ applicationId: application.id, api: 'items/2', actor }), false)
})

test('bad input is refused with a code, and leaves no trace', async (t) => {
  const { access, store } = await setUp(t)
  const request = { platform: 'plain', environment: production, actor }
  for (const name of ['', '   ', 'a\u0000b', 'a\nb', 'a\ud800b', 'a\u202eb', 'x'.repeat(101)]) {
    await assert.rejects(access.createApplication({ ...request, name }), refusedWith('access/bad-name'), name)
  }
  for (const uri of ['/relative', 'http://example.org/', 'https://a.example/#f', 'javascript:alert(1)', 'https://*/']) {
    const refused = access.createApplication({ ...request, name: 'n', redirectUris: [uri] })
    await assert.rejects(refused, refusedWith('access/bad-redirect-uri'), uri)
  }
  await assert.rejects(
    access.createApplication({ ...request, platform: 'plaine', name: 'n' }),
    (error) => refusedWith('access/unknown-platform')(error) && /Did you mean: plain\?/.test(String(error)),
  )
  assert.equal((await store().db.selectFrom('audit').selectAll().execute()).length, 0)

  const { application } = await access.createApplication({ ...request, name: 'n', type: 'public' })
  const applicationId = application.id
  await assert.rejects(
    access.subscribe({ applicationId, api: 'itms', actor }),
    (error) => refusedWith('access/unknown-api')(error) && /Did you mean: items\?/.test(String(error)),
  )
  await assert.rejects(
    access.subscribe({ applicationId, api: 'items', actor }),
    (error) => refusedWith('access/unknown-api')(error) && /items\/1, items\/2/.test(String(error)),
  )
  await assert.rejects(
    access.subscribe({ applicationId, api: 'items/1', environment: 'sandbox', actor }),
    refusedWith('access/bad-environment'),
  )
  const quota = { key: 'api', limit: 0, periodSeconds: 1, algorithm: 'fixed' } as const
  await assert.rejects(
    access.subscribe({ applicationId, api: 'items/1', quotas: [quota], actor }),
    refusedWith('access/bad-quota'),
  )
  await assert.rejects(access.rotateSecret({ applicationId, actor }), refusedWith('access/no-secret-for-public'))
  await assert.rejects(
    access.subscribe({ applicationId: 'cli_none', api: 'items/1', actor }),
    refusedWith('access/unknown-application'),
  )
})

test('no secret lies in the files of the store', async (t) => {
  const { access, folder } = await setUp(t)
  const { application, secret } = await access.createApplication({
    name: 'canary',
    platform: 'plain',
    environment: production,
    actor,
  })
  const key = await access.issueApiKey({ applicationId: application.id, actor })
  assert.equal(access.apiKey(hashSecret(key.value))?.applicationId, application.id)
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const bytes = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  )
  const all = Buffer.concat(bytes)
  assert.ok(all.includes(application.id), 'the test looks where the rows are')
  for (const value of [secret?.value, key.value]) assert.ok(value !== undefined && !all.includes(value))
})
