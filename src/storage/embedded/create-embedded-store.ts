import { join } from 'node:path'
import { Kysely } from 'kysely'
import { LocalFeed } from '../feed.js'
import { checkKey } from '../key-check.js'
import { migrate } from '../migrate.js'
import { sqliteSql } from '../sql-dialect.js'
import type { Store, StoreOptions } from '../store.js'
import type { Database } from '../tables.js'
import { backUp } from './back-up.js'
import { storeFileName } from './data-folder.js'
import { EmbeddedDialect } from './embedded-dialect.js'
import { EmbeddedDriver } from './embedded-driver.js'
import { type FolderLock, lockFolder } from './folder-lock.js'
import { openForReading, refuseUnsafeSqlite, type Synchronous } from './open-database.js'
import { sqliteProblem, writerError } from './sqlite-errors.js'
import { WriterClient } from './writer-client.js'

/** What no setting reaches: the tests' own ways to make things go wrong. */
export interface EmbeddedTrial {
  readonly synchronous?: Synchronous
  readonly leaseMilliseconds?: number
}

/** The store in a file of `folder`, which this process then owns until `close`. */
export async function createEmbeddedStore(options: StoreOptions, trial: EmbeddedTrial = {}): Promise<Store> {
  refuseUnsafeSqlite()
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
  const writer = await WriterClient.open({ path, synchronous, leaseMilliseconds })
  const reader = await orClosing(
    () => openForReading(path),
    () => writer.close(),
  )
  const db = new Kysely<Database>({ dialect: new EmbeddedDialect(new EmbeddedDriver(writer, reader)) })
  const feed = new LocalFeed(now)
  await orClosing(
    async () => {
      await migrate(db, sqliteSql)
      await checkKey(db, now, key)
    },
    () => db.destroy(),
  )
  return {
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
      await db.destroy()
      lock.release()
    },
  }
}

async function orClosing<T>(open: () => T | Promise<T>, close: () => Promise<void>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    await close()
    throw error instanceof Error && 'errcode' in error ? sqliteProblem(writerError(error)) : error
  }
}
