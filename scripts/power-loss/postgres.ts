import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createStore } from '#storage'
import { binaries, type Cluster, makeCluster, startCluster } from './cluster.js'
import { type Bench, withBench } from './disk.js'
import { type Found, judge, type RoundResult } from './judge.js'
import type { Trial } from './trial.js'
import { startWriter } from './writer-process.js'

const bin = binaries ?? ''

export const postgres: Trial = {
  name: 'PostgreSQL',
  control: 'fsync=off',
  missing: binaries === undefined ? 'no initdb under /usr/lib/postgresql' : null,
  async withRounds(work) {
    const own = mkdtempSync(join(tmpdir(), 'portique-power-loss-own-'))
    // PostgreSQL's account reaches its sockets in it.
    chmodSync(own, 0o711)
    const prepare = async (at: string) => {
      makeCluster(bin, at)
      const cluster = await startCluster(bin, { at, sockets: join(own, 'sockets'), settings: [] })
      await (await open(cluster, own)).close()
      await query(cluster, 'create extension amcheck')
      await cluster.stop()
    }
    try {
      return await withBench({ megabytes: 192, prepare }, (bench) =>
        work((number, durable) => round({ bench, own }, durable ? settingsOf(number) : ['fsync=off'])),
      )
    } finally {
      rmSync(own, { recursive: true })
    }
  },
}

/** Every other server is told to acknowledge before its log is on the disk: the store must not let it. */
const settingsOf = (number: number) => [`synchronous_commit=${number % 2 === 0 ? 'off' : 'on'}`]

/** The lock and the sockets lie beside the disk: only what PostgreSQL writes is on it. */
interface Place {
  readonly bench: Bench
  readonly own: string
}

async function round({ bench, own }: Place, settings: readonly string[]): Promise<RoundResult> {
  const sockets = join(own, 'sockets')
  const before = bench.mountFresh()
  const cluster = await startCluster(bin, { at: before, sockets, settings })
  const acknowledged = await cutUnderLoad(bench, cluster, own).finally(() => cluster.kill())
  bench.unmount(before)
  const after = bench.mountSurvivor()
  try {
    return judge(await readAgain({ at: after, sockets }, own), acknowledged)
  } finally {
    bench.unmount(after)
  }
}

async function cutUnderLoad(bench: Bench, cluster: Cluster, own: string): Promise<readonly string[]> {
  const writer = await startWriter(join(own, 'writer'), 'full', cluster.url)
  try {
    await sleep(50 + Math.random() * 350)
    // The writer first: what it has not read by now was never acknowledged.
    await writer.stop()
    await cluster.freeze()
    bench.cut()
  } finally {
    await writer.kill()
  }
  return writer.acknowledged
}

/** Starts the server on what the cut left, as any start does, and reads each row by the store, each page and each index by PostgreSQL itself. */
async function readAgain(place: { readonly at: string; readonly sockets: string }, own: string): Promise<Found> {
  try {
    const cluster = await startCluster(bin, { ...place, settings: [] })
    try {
      const store = await open(cluster, own)
      const rows = await store.db.selectFrom('audit').select('id').execute()
      await store.close()
      const faults = await query(cluster, heapFaults)
      await query(cluster, checkIndexes)
      return {
        ids: new Set(rows.map(({ id }) => id)),
        integrity: faults.length === 0 ? 'ok' : JSON.stringify(faults[0]),
      }
    } finally {
      await cluster.stop()
    }
  } catch (error) {
    return { ids: new Set(), integrity: String(error) }
  }
}

const heapFaults = "select * from verify_heapam('audit')"
const checkIndexes = "select bt_index_check(indexrelid, true) from pg_index where indrelid = 'audit'::regclass"

const open = (cluster: Cluster, own: string) =>
  createStore({ folder: join(own, 'reader'), now: Date.now, databaseUrl: cluster.url })

async function query({ url }: Cluster, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
