import { Kysely, sql, type Transaction } from 'kysely'
import { lockFolder } from '../embedded/folder-lock.js'
import { StoreFeed } from '../feed.js'
import { type Run, withInsides } from '../insides.js'
import { checkKey } from '../key-check.js'
import { migrate } from '../migrate.js'
import { storageProblem } from '../problems.js'
import { postgresSql } from '../sql-dialect.js'
import type { Store, StoreOptions } from '../store.js'
import type { Database } from '../tables.js'
import { OutboxReader, outboxChannel } from './outbox-reader.js'
import { OwnSchemaDialect } from './own-schema-dialect.js'
import { postgresProblem, startProblem } from './postgres-errors.js'
import { openPatientPool, openPool } from './postgres-pool.js'

/** The store in PostgreSQL, for several nodes; the data folder is still this process's own. */
export async function createPostgresStore(options: StoreOptions & { databaseUrl: string }): Promise<Store> {
  const lock = lockFolder(options.folder)
  const db = new Kysely<Database>({ dialect: new OwnSchemaDialect({ pool: openPool(options.databaseUrl) }) })
  const reader: OutboxReader = new OutboxReader(options.databaseUrl, () => feed)
  const feed = new StoreFeed({
    // Nodes' clocks differ; the rows' age is the database's affair.
    at: () => sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`,
    wake: (transaction) => sql`select pg_notify(${outboxChannel}, '')`.execute(transaction),
    readBack: true,
    silentMilliseconds: () => reader.silentMilliseconds(),
  })
  const close = async () => {
    await reader.close()
    await db.destroy()
    lock.release()
  }
  try {
    await migrateAt(options.databaseUrl)
    await checkKey(db, options.now, options.key)
    await reader.start()
  } catch (error) {
    await close()
    throw startProblem(error)
  }
  const store: Store = {
    kind: 'postgres',
    db,
    feed,
    transaction: (work) => feed.transaction(db, work).catch(refuse),
    async backup() {
      throw storageProblem('storage/backup-elsewhere')
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
    close,
  }
  return withInsides(store, {
    key: options.key,
    bulk: (work) => bulk(db, work),
    snapshot: (work) => snapshot(db, work),
  })
}

/** On a connection of its own: limits that fit a call would undo a migration of many rows. */
async function migrateAt(databaseUrl: string): Promise<void> {
  const db = new Kysely<Database>({ dialect: new OwnSchemaDialect({ pool: openPatientPool(databaseUrl) }) })
  await migrate(db, postgresSql).finally(() => db.destroy())
}

function bulk<T>(db: Kysely<Database>, work: (run: Run) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .execute(async (transaction) => {
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(transaction)
      return work(runner(transaction))
    })
    .catch(refuse)
}

function snapshot<T>(db: Kysely<Database>, work: (run: Run) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => work(runner(transaction)))
    .catch(refuse)
}

const runner =
  (transaction: Transaction<Database>): Run =>
  async (query) =>
    (await transaction.executeQuery<Readonly<Record<string, unknown>>>(query)).rows

function refuse(error: unknown): never {
  throw postgresProblem(error)
}
