import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { createStore } from '#storage'
import { type Bench, withBench } from './disk.js'
import { type Found, judge, type RoundResult } from './judge.js'
import type { Trial } from './trial.js'
import { startWriter } from './writer-process.js'

export const embedded: Trial = {
  name: 'embedded store',
  control: 'synchronous=OFF',
  missing: null,
  withRounds: (work) =>
    withBench({ megabytes: 48 }, (bench) => work((_, durable) => round(bench, durable ? 'full' : 'off'))),
}

async function round(bench: Bench, synchronous: 'full' | 'off'): Promise<RoundResult> {
  const before = bench.mountFresh()
  const writer = await startWriter(join(before, 'data'), synchronous)
  try {
    await sleep(50 + Math.random() * 350)
    await writer.stop()
    bench.cut()
  } finally {
    await writer.kill()
  }
  bench.unmount(before)
  const after = bench.mountSurvivor()
  try {
    return judge(await readEmbedded(join(after, 'data')), writer.acknowledged)
  } finally {
    bench.unmount(after)
  }
}

/** Opens the store of a folder as any start does, without a mend or a flag. */
export async function readEmbedded(folder: string): Promise<Found> {
  const file = join(folder, 'portique.sqlite')
  if (!existsSync(file)) return { ids: new Set(), integrity: 'nothing left' }
  try {
    const store = await createStore({ folder, now: Date.now })
    const rows = await store.db.selectFrom('audit').select('id').execute()
    await store.close()
    const database = new DatabaseSync(file)
    const check = database.prepare('pragma integrity_check').get()
    database.close()
    return { ids: new Set(rows.map((row) => row.id)), integrity: String(check?.integrity_check) }
  } catch (error) {
    return { ids: new Set(), integrity: String(error) }
  }
}
