import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import { LocalFeed } from '../feed.js'
import { migrate } from '../migrate.js'
import { storageProblem } from '../problems.js'
import { postgresSql } from '../sql-dialect.js'
import type { Store, StoreOptions } from '../store.js'
import type { Database } from '../tables.js'

export async function createPostgresStore(options: StoreOptions & { databaseUrl: string }): Promise<Store> {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: 1000,
    statement_timeout: 10_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === 20 || oid === 1700 ? Number : types.getTypeParser(oid, format),
    },
  })
  pool.on('error', () => {})
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  await migrate(db, postgresSql)
  const feed = new LocalFeed(options.now)
  return {
    kind: 'postgres',
    db,
    feed,
    transaction: (work) => feed.transaction(db, work),
    async backup() {
      throw storageProblem('storage/backup-elsewhere')
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
    close: () => db.destroy(),
  }
}
