import assert from 'node:assert/strict'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { createStore } from '../create-store.js'
import { anythingChanged, StoreFeed } from '../feed.js'
import type { Change, Store } from '../store.js'
import { problem } from '../trial/behaviour.js'
import { postgresPlace, type TrialPlace, trialFolder } from '../trial/open-trial-store.js'
import { OutboxReader } from './outbox-reader.js'

const url = process.env.DATABASE_URL
const skip = url === undefined && 'DATABASE_URL is not set: the feed between nodes is NOT tested in this run'

describe('the feed between nodes', { skip }, () => {
  let place: TrialPlace
  const open: Store[] = []
  before(async () => {
    place = await postgresPlace(url ?? '')
  })
  after(async () => {
    for (const store of open) await store.close()
    await place.remove()
  })

  const node = async () => {
    const store = await place.open()
    open.push(store)
    const told: Change[] = []
    store.feed.subscribe((change) => told.push(change))
    return { store, told }
  }
  const publish = (store: Store, key: string) =>
    store.transaction((transaction) => store.feed.publish(transaction, { topic: 't', key }))
  const keys = (told: readonly Change[]) => told.map((change) => change.key)

  test('a change of one node is told on the other, once, soon, and not before its commit', async () => {
    const [one, other] = [await node(), await node()]
    await publish(one.store, 'a')
    await until(() => other.told.length === 1)
    await sleep(600)
    assert.deepEqual(keys(one.told), ['a'])
    assert.deepEqual(keys(other.told), ['a'])
  })

  test('a transaction that commits after a later number is not missed', async () => {
    const [one, other] = [await node(), await node()]
    const held = Promise.withResolvers<void>()
    const published = Promise.withResolvers<void>()
    const slow = one.store.transaction(async (transaction) => {
      await one.store.feed.publish(transaction, { topic: 't', key: 'early number' })
      published.resolve()
      await held.promise
    })
    await published.promise
    await publish(one.store, 'late number')
    await until(() => other.told.length === 1)
    await sleep(600)
    assert.deepEqual(keys(other.told), ['late number'], 'the open one holds nobody up')
    held.resolve()
    await slow
    await until(() => other.told.length === 2)
    assert.deepEqual(keys(other.told), ['late number', 'early number'])
    assert.deepEqual(keys(one.told), ['late number', 'early number'])
  })

  test('under many parallel transactions, some undone, every node is told each committed change once', async () => {
    const nodes = [await node(), await node()]
    const expected: string[] = []
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const store = nodes[index % 2]?.store
        const work = store?.transaction(async (transaction) => {
          await store.feed.publish(transaction, { topic: 't', key: `many-${index}` })
          await sleep(Math.random() * 20)
          if (index % 5 === 0) throw new Error('undone')
        })
        if (index % 5 === 0) return assert.rejects(work ?? Promise.resolve())
        expected.push(`many-${index}`)
        await work
      }),
    )
    await until(() => nodes.every(({ told }) => told.length >= expected.length))
    await sleep(300)
    for (const { told } of nodes) assert.deepEqual(keys(told).sort(), expected.sort())
  })

  test('a node that is cut off knows it, writes are refused as unreachable, and it catches up by itself', async () => {
    const target = new URL(place.databaseUrl ?? '')
    const wire = await cuttableWire(Number(target.port) || 5432, target.hostname)
    target.port = String(wire.port)
    target.hostname = '127.0.0.1'
    const cut = await createStore({ folder: trialFolder(), now: Date.now, databaseUrl: target.href })
    open.push(cut)
    const told: Change[] = []
    cut.feed.subscribe((change) => told.push(change))
    const other = await node()
    await until(() => cut.feed.silentMilliseconds() < 500)
    wire.cut()
    await until(() => cut.feed.silentMilliseconds() > 1_200)
    await assert.rejects(cut.ping(), problem('storage/unreachable'))
    await assert.rejects(publish(cut, 'lost'), problem('storage/unreachable'))
    await publish(other.store, 'while cut off')
    assert.deepEqual(told, [])
    await wire.mend()
    await until(() => cut.feed.silentMilliseconds() < 500)
    assert.deepEqual(keys(told), ['while cut off'], 'the feed is whole only once the missed is told')
    await cut.ping()
    await publish(cut, 'again')
    await cut.close()
    open.splice(open.indexOf(cut), 1)
    wire.cut()
  })

  test('a connection that goes mute is noticed too', async () => {
    const target = new URL(place.databaseUrl ?? '')
    const wire = await cuttableWire(Number(target.port) || 5432, target.hostname)
    target.port = String(wire.port)
    target.hostname = '127.0.0.1'
    const mute = await createStore({ folder: trialFolder(), now: Date.now, databaseUrl: target.href })
    wire.mute(true)
    await until(() => mute.feed.silentMilliseconds() > 1_500)
    wire.mute(false)
    await until(() => mute.feed.silentMilliseconds() < 500)
    await mute.close()
    wire.cut()
  })

  test('old rows are purged, and rows of another server’s future do not come back at every look', async () => {
    const { store } = await node()
    await publish(store, 'kept')
    await sql`insert into outbox (at, topic, key) values (1, 't', 'old')`.execute(store.db)
    await sql`insert into outbox (at, topic, key, transaction_id) values (9999999999999, 't', 'future', '18446744073709551000')`.execute(
      store.db,
    )
    const later = await node()
    const rows = await later.store.db
      .selectFrom('outbox')
      .select('key')
      .where('key', 'in', ['kept', 'old', 'future'])
      .execute()
    assert.deepEqual(rows, [{ key: 'kept' }])
    await sleep(600)
    assert.deepEqual(keys(later.told), [])
  })

  test('who was cut off for longer than rows are kept is told that anything may have changed', async (t) => {
    const told: Change[] = []
    const feed = new StoreFeed({ at: Date.now, readBack: true, silentMilliseconds: () => 0 })
    feed.subscribe((change) => told.push(change))
    const real = performance.now.bind(performance)
    let ahead = 0
    t.mock.method(performance, 'now', () => real() + ahead)
    const reader = new OutboxReader(place.databaseUrl ?? '', () => feed)
    await reader.start()
    assert.deepEqual(told, [])
    ahead = 3_600_000
    reader.wake()
    await until(() => told.length > 0)
    assert.deepEqual(told, [anythingChanged])
    await reader.close()
  })

  test('woken while it makes its first look, it makes one connection, and leaves none behind', async () => {
    const target = new URL(place.databaseUrl ?? '')
    const wire = await cuttableWire(Number(target.port) || 5432, target.hostname)
    target.port = String(wire.port)
    target.hostname = '127.0.0.1'
    const feed = new StoreFeed({ at: Date.now, readBack: true, silentMilliseconds: () => 0 })
    const reader = new OutboxReader(target.href, () => feed)
    const started = reader.start()
    reader.wake()
    await started
    reader.wake()
    assert.equal(wire.open(), 2, 'two ends of one connection')
    await reader.close()
    await until(() => wire.open() === 0)
    wire.cut()
  })

  test('who cannot make its first look says so, and leaves nothing behind', async () => {
    const target = new URL(place.databaseUrl ?? '')
    target.pathname = '/no-such-database'
    const feed = new StoreFeed({ at: Date.now, readBack: true, silentMilliseconds: () => 0 })
    const reader = new OutboxReader(target.href, () => feed)
    await assert.rejects(reader.start(), /no-such-database/)
    await reader.close()
  })
})

async function until(done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 10) {
    if (waited > 15_000) throw new Error('It did not happen')
    await sleep(10)
  }
}

/** A wire to the database that can be cut, or go mute, and be mended. */
async function cuttableWire(port: number, host: string) {
  const sockets = new Set<Socket>()
  let server: Server
  let muted = false
  const accept = (inner: Socket) => {
    const outer = dial(port, host)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk) => {
        if (!muted) to.write(chunk)
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  }
  const listen = (at: number) =>
    new Promise<number>((resolve) => {
      server = createServer(accept).listen(at, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  const own = await listen(0)
  return {
    port: own,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    mend: () => listen(own),
    mute(on: boolean) {
      muted = on
    },
    open: () => sockets.size,
  }
}
