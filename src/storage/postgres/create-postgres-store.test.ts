import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
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

/** A process of PostgreSQL that this one may pause. */
function isOwnServer(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  } catch {
    return false
  }
}

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

  // Its time passes while the other tests run; the last test judges it.
  let paused: Paused
  before(async () => {
    paused = await pauseQuery(await place.open())
  })
  after(() => paused.end())

  test('T6 a server process that is paused holds up its own query alone', async (t) => {
    if (!paused.own) return t.skip(elsewhere)
    for (let call = 0; call < 20; call++) await paused.store.ping()
    assert.equal(paused.outcome(), null)
  })

  test('a backup is refused with the advice to use its own tools', async () => {
    await assert.rejects(
      store.backup('unused'),
      (error) => problem('storage/backup-elsewhere')(error) && /pg_dump/.test(String(error)),
    )
  })

  test('opens while somebody else makes and drops schemas of the same database', async () => {
    let going = true
    const coming = Array.from({ length: 4 }, async (_, own) => {
      const other = `passing_${process.pid}_${own}`
      const tables = Array.from({ length: 20 }, (_, index) => `create table ${other}.t${index} (id bigint)`).join(';')
      while (going) {
        await administer(url ?? '', `create schema ${other}; ${tables}`)
        await administer(url ?? '', `drop schema ${other} cascade`)
      }
    })
    try {
      for (let opened = 0; opened < 15; opened += 1) await (await place.open()).close()
    } finally {
      going = false
      await Promise.all(coming)
    }
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

  test('T6 a lock that is held: those who wait for it are refused in their time, and so is who finds every connection taken', async () => {
    await store.db.insertInto('audit').values(audit('held')).execute()
    const holder = new Client({ connectionString: place.databaseUrl ?? '' })
    await holder.connect()
    await holder.query('begin')
    await holder.query("update audit set actor = 'holder' where id = 'held'")
    const from = performance.now()
    const write = () => store.db.updateTable('audit').set({ actor: 'late' }).where('id', '=', 'held').execute()
    const waiting = Array.from({ length: 10 }, write)
    const refused = Promise.allSettled(waiting)
    await assert.rejects(store.ping(), problem('storage/unreachable'))
    assert.ok(performance.now() - from < 8_000, 'nobody waits for a connection as long as for an answer')
    for (const result of await refused) {
      assert.equal(result.status, 'rejected')
      problem('storage/slow')(result.reason)
    }
    await store.ping()
    await holder.query('commit')
    await holder.end()
    await write()
  })

  test('a connection that is not made in time is told as unreachable, whichever of the start it is', async () => {
    const target = new URL(place.databaseUrl ?? '')
    const [port, host] = [Number(target.port) || 5432, target.hostname]
    for (const passing of [0, 1]) {
      let came = 0
      const wires: Socket[] = []
      const wire = createServer((near) => {
        wires.push(near.on('error', () => {}))
        came += 1
        if (came > passing) return
        const far = dial(port, host).on('error', () => near.destroy())
        near.pipe(far).pipe(near)
      })
      await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
      const { port: own } = wire.address() as AddressInfo
      target.host = `127.0.0.1:${own}`
      const opening = createStore({ folder: trialFolder(), now: Date.now, databaseUrl: target.href })
      await assert.rejects(opening, problem('storage/unreachable'), `connection ${passing + 1}`)
      for (const near of wires) near.destroy()
      await new Promise((resolve) => wire.close(resolve))
    }
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

  test('a database that acknowledges before it has written is told to write first', async () => {
    const hasty = new URL(place.databaseUrl ?? '')
    hasty.searchParams.set('options', `${hasty.searchParams.get('options')} -c synchronous_commit=off`)
    const other = await createStore({ folder: trialFolder(), now: Date.now, databaseUrl: hasty.href })
    const { rows } = await sql`select current_setting('synchronous_commit') as value`.execute(other.db)
    assert.deepEqual(rows, [{ value: 'on' }])
    await other.close()
  })

  const refusedAs = async (databaseUrl: string, code: string, said: RegExp) =>
    assert.rejects(
      createStore({ folder: trialFolder(), now: Date.now, databaseUrl }),
      (error) => problem(code)(error) && said.test(String(error)),
    )

  test('a database or a user that is not there is told as such, in the words of PostgreSQL', async () => {
    const nowhere = new URL(url ?? '')
    nowhere.pathname = '/portique_none'
    await refusedAs(nowhere.href, 'storage/no-access', /check .*DATABASE_URL.*"portique_none" does not exist/)
    const nobody = new URL(url ?? '')
    nobody.username = 'portique_nobody'
    await refusedAs(nobody.href, 'storage/no-access', /"portique_nobody"/)
  })

  test('a user without rights on its schema is told which it lacks', async () => {
    const role = `portique_poor_${process.pid}`
    await administer(url ?? '', `create role ${role} login`)
    const poor = new URL(place.databaseUrl ?? '')
    poor.username = role
    try {
      await refusedAs(poor.href, 'storage/no-rights', /USAGE and CREATE/)
    } finally {
      await administer(url ?? '', `drop role ${role}`)
    }
  })

  test('T6 a query whose server process is paused waits, but not for ever', async (t) => {
    if (!paused.own) return t.skip(elsewhere)
    await paused.over
    problem('storage/unreachable')(paused.outcome())
    await paused.store.ping()
  })
})

const elsewhere = 'the database runs on another machine, or under another user: NOT tested'

interface Paused {
  readonly store: Store
  /** False where the process cannot be paused from here. */
  readonly own: boolean
  /** Why the query was given up; null while it waits. */
  outcome(): unknown
  readonly over: Promise<void>
  end(): Promise<void>
}

/** A query whose server process is stopped as it begins. */
async function pauseQuery(store: Store): Promise<Paused> {
  const stopped = Promise.withResolvers<number>()
  let outcome: unknown = null
  const query = store.transaction(async (transaction) => {
    const pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction)).rows[0]?.pid ?? 0
    const own = isOwnServer(pid)
    if (own) process.kill(pid, 'SIGSTOP')
    stopped.resolve(own ? pid : 0)
    await sql`select 1`.execute(transaction)
  })
  const over = query.catch((error: unknown) => {
    outcome = error
  })
  const pid = await stopped.promise
  return {
    store,
    own: pid !== 0,
    outcome: () => outcome,
    over,
    async end() {
      if (pid !== 0) process.kill(pid, 'SIGCONT')
      await over
      await store.close()
    },
  }
}
