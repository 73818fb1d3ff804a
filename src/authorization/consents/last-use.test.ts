import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#base'
import { exampleStore } from '../../../test/example/store.js'
import { consentKey } from './consent-key.js'
import { createLastUse } from './last-use.js'

const databaseUrl = process.env.DATABASE_URL
const skip = databaseUrl === undefined ? 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' : false
const realm = 'plain/people'

test('[postgres] two nodes that note the same consents the other way round both write them', { skip }, async (t) => {
  const { store, another } = await exampleStore(t, databaseUrl)
  const people = Array.from({ length: 400 }, (_, index) => `usr_${index}`)
  const empty = { grant_id: null, uid: null, owner: null, client_id: null, expires_at: null, consumed_at: null }
  const row = { realm, model: 'Consent', payload: '{}', ...empty }
  const values = people.map((person) => ({ ...row, id_hash: consentKey(realm, person, 'cli_1') }))
  await store().db.insertInto('oidc_artifact').values(values).execute()
  const warned: string[] = []
  const log = { ...silentLog, warn: (event: string) => void warned.push(event) }
  const nodes = [store(), await another()].map((one) => createLastUse({ store: one, clock: () => 7, log }))
  for (const [index, node] of nodes.entries())
    for (const accountId of index === 0 ? people : people.toReversed())
      node.note({ grantId: accountId, realm, accountId, clientId: 'cli_1' })
  await Promise.all(nodes.map((node) => node.close()))
  assert.deepEqual(warned, [])
  const written = await store().db.selectFrom('oidc_artifact').select('consumed_at').execute()
  assert.ok(written.every(({ consumed_at }) => consumed_at === 7))
})
