import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { problem } from '../trial/behaviour.js'
import { embeddedPlace } from '../trial/open-trial-store.js'
import { audit } from '../trial/rows.js'

test('a transaction that keeps the writer too long is undone, and the others go on', async () => {
  const place = await embeddedPlace({ leaseMilliseconds: 100 })
  const store = await place.open()
  const stuck = store.transaction(async (transaction) => {
    await transaction.insertInto('audit').values(audit('stuck')).execute()
    // The classic fault: the store waits for this transaction, and this transaction for the store.
    await store.db.insertInto('audit').values(audit('beside')).execute()
    await transaction.insertInto('audit').values(audit('stuck-2')).execute()
  })
  await assert.rejects(stuck, problem('storage/transaction-lost'))
  const rows = await store.db.selectFrom('audit').select('id').execute()
  assert.deepEqual(rows, [{ id: 'beside' }])
  await store.close()
  await place.remove()
})

test('a migration may hold the writer as long as it needs', async () => {
  const place = await embeddedPlace({ leaseMilliseconds: 0.001 })
  await (await place.open()).close()
  await place.remove()
})

test('files are their owner’s only, commits are synced, the log is WAL, foreign keys hold, and raw statements go where they belong', async () => {
  const place = await embeddedPlace()
  const store = await place.open()
  const pragma = async (name: string) =>
    (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db)).rows[0]
  for (const file of ['portique.sqlite', 'portique.sqlite-wal', 'portique.sqlite-shm']) {
    assert.equal(statSync(join(place.folder, file)).mode & 0o777, 0o600, file)
  }
  assert.deepEqual(await pragma('synchronous'), { synchronous: 2 })
  assert.deepEqual(await pragma('journal_mode'), { journal_mode: 'wal' })
  assert.deepEqual(await pragma('foreign_keys'), { foreign_keys: 1 })
  await sql`with new (id) as (values ('by-with')) insert into audit select id, 'a', 'b', 'c', 'd', 1 from new`.execute(
    store.db,
  )
  assert.deepEqual((await sql`select id from audit`.execute(store.db)).rows, [{ id: 'by-with' }])
  await store.close()
  await assert.rejects(store.ping())
  await place.remove()
})

test('closing waits for what was asked before', async () => {
  const place = await embeddedPlace()
  const store = await place.open()
  const writes = Array.from({ length: 50 }, (_, index) =>
    store.db
      .insertInto('audit')
      .values(audit(`last-${index}`))
      .execute(),
  )
  await Promise.resolve()
  const settled = Promise.allSettled(writes)
  await new Promise((resolve) => setImmediate(resolve))
  await store.close()
  const kept = (await settled).filter((each) => each.status === 'fulfilled').length
  const again = await place.open()
  const rows = await again.db.selectFrom('audit').select('id').execute()
  assert.equal(rows.length, kept)
  assert.equal(kept, 50)
  await again.close()
  await place.remove()
})

test('the log does not grow without end under steady writing', async () => {
  const place = await embeddedPlace()
  const store = await place.open()
  const detail = 'x'.repeat(100_000)
  await Promise.all(
    Array.from({ length: 4 }, async (_, writer) => {
      for (let number = 0; number < 60; number += 1) {
        await store.db
          .insertInto('audit')
          .values(audit(`log-${writer}-${number}`, { detail }))
          .execute()
      }
    }),
  )
  const megabytes = statSync(join(place.folder, 'portique.sqlite-wal')).size / 1_000_000
  assert.ok(megabytes < 12, `24 MB were written, the log has ${megabytes} MB`)
  await store.close()
  await place.remove()
})
