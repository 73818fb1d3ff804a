import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#base'
import { exampleStore } from '../../test/example/store.js'
import { createArtifactAdapter } from './artifact-adapter.js'
import { artifactKey } from './artifact-key.js'
import { createEndGrant } from './consents/end-grant.js'
import { createPurge } from './purge.js'

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] of 50 parallel uses of one single-use artifact exactly one succeeds`, async (t) => {
    const { store, vault } = await exampleStore(t, databaseUrl)
    const endGrant = createEndGrant({ store: store(), realm: 'p/r' })
    const options = { store: store(), vault, clock: Date.now, realm: 'p/r', endGrant }
    const code = createArtifactAdapter(options, 'AuthorizationCode')
    const given = createArtifactAdapter(options, 'AccessToken')
    await given.upsert('given', { jti: 'given', kind: 'AccessToken', grantId: 'grant' }, 60)
    await code.upsert('code', { jti: 'code', kind: 'AuthorizationCode', grantId: 'grant' }, 60)
    const uses = await Promise.allSettled(Array.from({ length: 50 }, () => code.consume('code')))
    const refused = uses.filter((use) => use.status === 'rejected')
    assert.equal(refused.length, 49)
    for (const use of refused) assert.equal(use.reason.error, 'invalid_grant')
    assert.equal(await code.find('code'), undefined, 'every use but the first ends what the code gave')
    assert.equal(await given.find('given'), undefined)
    await assert.rejects(code.consume('unknown'), { error: 'invalid_grant' })
  })

  test(`[${kind}] artifacts are kept by hash, per realm and model, until their end`, async (t) => {
    let now = 1_800_000_000_000
    const clock = () => now
    const { store, vault } = await exampleStore(t, databaseUrl, clock)
    const endGrant = createEndGrant({ store: store(), realm: 'p/r' })
    const options = { store: store(), vault, clock, realm: 'p/r', endGrant }
    const interactions = createArtifactAdapter(options, 'Interaction')
    const tokens = createArtifactAdapter(options, 'ClientCredentials')
    await interactions.upsert('sess', { jti: 'sess', kind: 'Interaction', uid: 'uid-1', accountId: 'a' }, 60)
    await interactions.upsert('sess', { jti: 'sess', kind: 'Interaction', uid: 'uid-2', accountId: 'b' }, 60)
    assert.equal((await interactions.findByUid('uid-2'))?.jti, 'sess')
    assert.equal((await interactions.findByUid('uid-2'))?.accountId, 'b')
    assert.equal(await interactions.findByUid('uid-1'), undefined)
    await tokens.upsert('token', { jti: 'token', kind: 'ClientCredentials', clientId: 'c', scope: 's' }, 60)
    assert.deepEqual(await tokens.find('token'), { jti: 'token', kind: 'ClientCredentials', clientId: 'c', scope: 's' })
    const elsewhere = createArtifactAdapter({ ...options, realm: 'p/other' }, 'ClientCredentials')
    assert.equal(await elsewhere.find('token'), undefined)
    assert.equal(await interactions.find('token'), undefined)

    const rows = JSON.stringify(await store().db.selectFrom('oidc_artifact').selectAll().execute())
    assert.ok(rows.includes(artifactKey('token')))
    for (const canary of ['"token"', 'sess"', 'uid-2', 'accountId']) assert.ok(!rows.includes(canary), canary)

    now += 60_000
    assert.equal(await tokens.find('token'), undefined)
    const purge = createPurge({ store: store(), clock, log: silentLog })
    await purge.purge()
    assert.equal((await store().db.selectFrom('oidc_artifact').selectAll().execute()).length, 0)
    await purge.close()
  })

  test(`[${kind}] a revoked grant takes its artifacts with it and is told on the feed`, async (t) => {
    const { store, vault } = await exampleStore(t, databaseUrl)
    const told: string[] = []
    t.after(store().feed.subscribe(({ topic, key }) => told.push(`${topic} ${key}`)))
    const endGrant = createEndGrant({ store: store(), realm: 'p/r' })
    const tokens = createArtifactAdapter(
      { store: store(), vault, clock: Date.now, realm: 'p/r', endGrant },
      'AccessToken',
    )
    for (const id of ['one', 'two']) await tokens.upsert(id, { jti: id, kind: 'AccessToken', grantId: `g-${id}` }, 60)
    await tokens.revokeByGrantId('g-one')
    await tokens.destroy('two')
    assert.equal(await tokens.find('one'), undefined)
    assert.equal(await tokens.find('two'), undefined)
    assert.deepEqual(told, ['token g-one', `token ${artifactKey('two')}`])
  })
}
