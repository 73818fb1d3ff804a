import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#base'
import { exampleStore } from '../../../test/example/store.js'
import { createPurge } from '../purge.js'
import { createAttempts } from './attempts.js'

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL])) {
  const kind = databaseUrl === undefined ? 'sqlite' : 'postgres'

  test(`[${kind}] two nodes, or one before and after a restart, count together, and no attempt is lost between them`, async (t) => {
    let now = 1_800_000_000_000
    const clock = () => now
    const { store } = await exampleStore(t, databaseUrl, clock)
    const node = () => createAttempts({ store: store(), clock, realm: 'p/r', key: 'k' })
    const [one, two] = [node(), node()]
    const at = (account: string, address = '203.0.113.7') => ({ account, address })
    const begun = await Promise.all([one, two, one, two, one, two, one, two].map((each) => each.begin(at('camille'))))
    assert.equal(begun.filter(({ kind }) => kind === 'go').length, 5)
    assert.equal(begun.filter((each) => each.kind === 'go' && each.last).length, 1)
    assert.deepEqual(await node().begin(at('camille')), { kind: 'wait', retryAfterSeconds: 900 })
    for (let times = 0; times < 45; times += 1) assert.equal((await one.begin(at(`other-${times}`))).kind, 'go')
    assert.equal((await two.begin(at('one-more'))).kind, 'wait', 'the address')
    await two.succeeded(at('other-1'))
    assert.equal((await one.begin(at('one-more'))).kind, 'go', 'a success is taken back')
    const rows = await store().db.selectFrom('oidc_artifact').selectAll().execute()
    assert.ok(!/camille|203\.0/.test(JSON.stringify(rows)), 'nobody is named')
    for (let times = 0; times < 20; times += 1) await one.begin(at(`flood-${times}`))
    const after = await store().db.selectFrom('oidc_artifact').selectAll().execute()
    assert.equal(after.length, rows.length, 'who waits writes nothing')
    now += 15 * 60_000
    assert.equal((await one.begin(at('camille'))).kind, 'go', 'and it ends')
    const purge = createPurge({ store: store(), clock, log: silentLog })
    await purge.purge()
    await purge.close()
    assert.equal((await store().db.selectFrom('oidc_artifact').selectAll().execute()).length, 2)
  })
}
