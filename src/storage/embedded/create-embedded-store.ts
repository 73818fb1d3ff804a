import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { CompiledQuery, type DatabaseConnection, type Driver, Kysely, type QueryResult } from 'kysely'
import { LocalFeed } from '../feed.js'
import { migrate } from '../migrate.js'
import { sqliteSql } from '../sql-dialect.js'
import type { Store, StoreOptions } from '../store.js'
import type { Database } from '../tables.js'
import { EmbeddedDialect } from './embedded-dialect.js'

export async function createEmbeddedStore({ folder, now }: StoreOptions): Promise<Store> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(folder, 'portique.sqlite'), { timeout: 5000 })
  database.exec('pragma journal_mode=wal; pragma synchronous=full')
  const db = new Kysely<Database>({ dialect: new EmbeddedDialect(new PlainDriver(database)) })
  await migrate(db, sqliteSql)
  const feed = new LocalFeed(now)
  return {
    kind: 'sqlite',
    db,
    feed,
    transaction: (work) => feed.transaction(db, work),
    async backup(path) {
      await backup(database, path, { rate: 200 })
    },
    async ping() {
      database.prepare('select 1').get()
    },
    close: () => db.destroy(),
  }
}

class PlainDriver implements Driver {
  readonly #database: DatabaseSync
  #last: Promise<unknown> = Promise.resolve()
  readonly #releases = new WeakMap<DatabaseConnection, () => void>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async init() {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = this.#last
    this.#last = promise
    await before
    const connection = new PlainConnection(this.#database)
    this.#releases.set(connection, resolve)
    return connection
  }

  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(connection: DatabaseConnection) {
    this.#releases.get(connection)?.()
  }

  async destroy() {
    this.#database.close()
  }
}

class PlainConnection implements DatabaseConnection {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#database.prepare(sql)
    const values = parameters as readonly SQLInputValue[]
    if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }

  // biome-ignore lint/correctness/useYield: the embedded store does not stream.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not in the common subset')
  }
}
