import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleStore } from '../../test/example/store.js'
import { dropRealmKey, realmKeys, rotateRealmKeys } from './realm-keys.js'

const realm = 'plain/people'
const algorithm = 'ES256'

for (const databaseUrl of new Set([undefined, process.env.DATABASE_URL]))
  test(`[${databaseUrl === undefined ? 'sqlite' : 'postgres'}] who changes keys leaves an audit entry, who cannot leaves none`, async (t) => {
    const { store, vault } = await exampleStore(t, databaseUrl)
    const needs = { store: store(), vault, clock: () => 1_800_000_000_000 }
    const first = (await realmKeys(needs, realm, algorithm)).keys[0]?.kid ?? ''
    const { kid, signsFrom, previousUntil } = await rotateRealmKeys(needs, { realm, algorithm, overlapSeconds: 9000 })
    await assert.rejects(dropRealmKey(needs, { realm, algorithm, kid: 'none' }))
    await dropRealmKey(needs, { realm, algorithm, kid: first })
    const entries = await store().db.selectFrom('audit').selectAll().orderBy('action').execute()
    assert.deepEqual(
      entries.map(({ actor, action, object, at, detail }) => [actor, action, object, at, JSON.parse(detail ?? '')]),
      [
        [
          'operator',
          'authorization.key-dropped',
          `realm:${realm}`,
          needs.clock(),
          { realm, kid: first, signingKid: kid },
        ],
        [
          ...['operator', 'authorization.keys-rotated', `realm:${realm}`, needs.clock()],
          { realm, kid, signsFrom, previousUntil },
        ],
      ],
    )
  })
