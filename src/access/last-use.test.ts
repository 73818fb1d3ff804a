import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomIdentifiers, silentLog } from '#base'
import { exampleCatalog, examplePlatform } from '../../test/example/catalog.js'
import { exampleStore } from '../../test/example/store.js'
import { createAccess } from './create-access.js'
import { createLastUse } from './last-use.js'

const databaseUrl = process.env.DATABASE_URL
const skip = databaseUrl === undefined ? 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' : false

test('[postgres] two nodes that note the same secrets the other way round both write them', { skip }, async (t) => {
  const { store, vault, another } = await exampleStore(t, databaseUrl)
  const catalog = exampleCatalog([examplePlatform('plain', null)], [])
  const access = await createAccess({
    ...{ store: store(), vault, catalog, identifiers: randomIdentifiers, clock: Date.now, log: silentLog },
  })
  const { application } = await access.createApplication({
    ...{ name: 'Mairie', platform: 'plain', environment: 'production', actor: 'test' },
  })
  await access.close()
  const ids = Array.from({ length: 400 }, (_, index) => `crd_${index}`)
  const ends = { expires_at: null, revoked_at: null, last_used_at: null }
  const row = { application_id: application.id, kind: 'secret', value_sealed: null, created_at: 1, ...ends }
  const values = ids.map((id) => ({ ...row, id, value_hash: id }))
  await store().db.insertInto('credential').values(values).execute()
  const warned: string[] = []
  const log = { ...silentLog, warn: (event: string) => void warned.push(event) }
  const nodes = [store(), await another()].map((one, index) =>
    createLastUse({ store: one, clock: () => 7 + index, log }, 'credential'),
  )
  for (const [index, node] of nodes.entries()) for (const id of index === 0 ? ids : ids.toReversed()) node.used(id)
  await Promise.all(nodes.map((node) => node.close()))
  assert.deepEqual(warned, [])
})
