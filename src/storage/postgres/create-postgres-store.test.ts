import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { createStore } from '../create-store.js'
import type { Store } from '../store.js'
import { problem } from '../trial/behaviour.js'
import { administer, postgresPlace, type TrialPlace, trialFolder } from '../trial/open-trial-store.js'
import { audit } from '../trial/rows.js'

const url = process.env.DATABASE_URL
const skip = url === undefined && 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run'

test('a database that is not there is refused as unreachable, and the folder is free again', async () => {
  const folder = trialFolder()
  const open = () => createStore({ folder, now: Date.now, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })
  await assert.rejects(open(), problem('storage/unreachable'))
  await assert.rejects(open(), problem('storage/unreachable'))
  rmSync(folder, { recursive: true })
})

describe('PostgreSQL', { skip }, () => {
  let place: TrialPlace
  let store: Store
  before(async () => {
    place = await postgresPlace(url ?? '')
    store = await place.open()
  })
  after(async () => {
    await store.close()
    await place.remove()
  })

  test('a backup is refused with the advice to use its own tools', async () => {
    await assert.rejects(
      store.backup('unused'),
      (error) => problem('storage/backup-elsewhere')(error) && /pg_dump/.test(String(error)),
    )
  })

  test('connections that the server ends do not end the process, and the store answers again', async () => {
    const pid = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(store.db)).rows[0]?.pid
    await administer(place.databaseUrl ?? '', `select pg_terminate_backend(${await pid()})`)
    const lost = store.transaction(async (transaction) => {
      await transaction.insertInto('audit').values(audit('terminated')).execute()
      const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction)
      await administer(place.databaseUrl ?? '', `select pg_terminate_backend(${own.rows[0]?.pid})`)
      await transaction.insertInto('audit').values(audit('terminated-2')).execute()
    })
    await assert.rejects(lost, problem('storage/unreachable'))
    await store.ping()
    assert.deepEqual(await store.db.selectFrom('audit').select('id').where('id', 'like', 'terminated%').execute(), [])
  })

  test('two transactions that lock each other: one is undone and says so', async () => {
    await store.db
      .insertInto('audit')
      .values([audit('lock-1'), audit('lock-2')])
      .execute()
    let both = 0
    const met = Promise.withResolvers<void>()
    const touch = (first: string, second: string) =>
      store.transaction(async (transaction) => {
        await transaction.updateTable('audit').set({ actor: first }).where('id', '=', first).execute()
        both += 1
        if (both === 2) met.resolve()
        await met.promise
        await transaction.updateTable('audit').set({ actor: first }).where('id', '=', second).execute()
      })
    const results = await Promise.allSettled([touch('lock-1', 'lock-2'), touch('lock-2', 'lock-1')])
    const refused = results.filter((each) => each.status === 'rejected')
    assert.equal(refused.length, 1)
    problem('storage/transaction-lost')(refused[0]?.reason)
  })

  test('several nodes may open a new database at once', async () => {
    const fresh = await postgresPlace(url ?? '')
    const stores = await Promise.all([
      fresh.open(Buffer.alloc(32, 5)),
      fresh.open(Buffer.alloc(32, 5)),
      fresh.open(Buffer.alloc(32, 5)),
    ])
    for (const each of stores) await each.ping()
    for (const each of stores) await each.close()
    await fresh.remove()
  })
})
