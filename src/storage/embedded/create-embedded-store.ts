import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import { outboxKeptMilliseconds, StoreFeed } from '../feed.js'
import { type Run, withInsides } from '../insides.js'
import { checkKey } from '../key-check.js'
import { migrate } from '../migrate.js'
import { sqliteSql } from '../sql-dialect.js'
import type { Store, StoreOptions } from '../store.js'
import type { Database } from '../tables.js'
import { backUp } from './back-up.js'
import { about, storeFileName } from './data-folder.js'
import { EmbeddedDialect } from './embedded-dialect.js'
import { EmbeddedDriver } from './embedded-driver.js'
import { type FolderLock, lockFolder } from './folder-lock.js'
import { openForReading, refuseUnsafeSqlite, type Synchronous } from './open-database.js'
import { sqliteProblem, writerError } from './sqlite-errors.js'
import { StatementCache } from './statement-cache.js'
import { WriterClient } from './writer-client.js'

/** What no setting reaches: the tests' own ways to make things go wrong. */
export interface EmbeddedTrial {
  readonly synchronous?: Synchronous
  readonly leaseMilliseconds?: number
  readonly sqliteVersion?: string
}

/** The store in a file of `folder`, which this process then owns until `close`. */
export async function createEmbeddedStore(options: StoreOptions, trial: EmbeddedTrial = {}): Promise<Store> {
  refuseUnsafeSqlite(trial.sqliteVersion)
  const lock = lockFolder(options.folder)
  try {
    return await openIn(options, lock, trial)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openIn({ folder, now, key }: StoreOptions, lock: FolderLock, trial: EmbeddedTrial): Promise<Store> {
  const path = join(folder, storeFileName)
  const { synchronous = 'FULL', leaseMilliseconds = 5_000 } = trial
  ownFile(path)
  const writer = await WriterClient.open({ path, synchronous, leaseMilliseconds })
  const reader = await orClosing(
    () => openForReading(path),
    () => writer.close(),
  )
  const through = (driver: EmbeddedDriver) => new Kysely<Database>({ dialect: new EmbeddedDialect(driver) })
  const db = through(new EmbeddedDriver(writer, reader))
  const feed = new StoreFeed({ at: now, readBack: false, silentMilliseconds: () => 0 })
  await orClosing(
    async () => {
      await migrate(through(new EmbeddedDriver(writer, reader, 'unlimited')), sqliteSql)
      await checkKey(db, now, key)
      await purgeOutbox(db, now())
    },
    () => db.destroy(),
  )
  const purge = setInterval(() => purgeOutbox(db, now()).catch(() => {}), outboxKeptMilliseconds / 4).unref()
  const store: Store = {
    kind: 'sqlite',
    db,
    feed,
    transaction: (work) => feed.transaction(db, work),
    backup: (target) => backUp(path, target),
    async ping() {
      writer.refuseEnded()
      reader.prepare('select 1').get()
    },
    async close() {
      clearInterval(purge)
      await db.destroy()
      lock.release()
    },
  }
  return withInsides(store, { key, bulk: (work) => bulk(writer, work), snapshot: (work) => snapshot(path, work) })
}

/** Made before SQLite makes it, so that only its owner can read it; the log and its index take its mode over. */
function ownFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (cause) {
    throw about('storage/folder-read-only', path, cause)
  }
}

async function bulk<T>(writer: WriterClient, work: (run: Run) => Promise<T>): Promise<T> {
  const lease = await writer.begin('unlimited')
  try {
    const result = await work(async ({ sql, parameters }) => (await writer.run(sql, parameters, lease)).rows)
    await writer.end('commit', lease)
    return result
  } catch (error) {
    await writer.end('rollback', lease)
    throw error
  }
}

async function snapshot<T>(path: string, work: (run: Run) => Promise<T>): Promise<T> {
  const reader = openForReading(path)
  try {
    reader.exec('begin')
    const statements = new StatementCache(reader)
    return await work(async ({ sql, parameters }) => statements.run(sql, parameters).rows)
  } finally {
    reader.close()
  }
}

/** Nobody reads old rows here; one that is not deleted now, on a full disk, goes the next time. */
async function purgeOutbox(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('outbox')
    .where('at', '<', now - outboxKeptMilliseconds)
    .execute()
}

async function orClosing<T>(open: () => T | Promise<T>, close: () => Promise<void>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    await close()
    throw error instanceof Error && 'errcode' in error ? sqliteProblem(writerError(error)) : error
  }
}
