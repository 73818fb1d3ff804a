import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { migrations, schemaVersion } from './migrations/index.js'
import { storageProblem } from './problems.js'
import type { SqlDialect } from './sql-dialect.js'
import type { Database } from './tables.js'

/** Brings the schema up to date, all or nothing. Throws Problem `storage/newer` or `storage/not-migrated`. */
export async function migrate(db: Kysely<Database>, dialect: SqlDialect): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => bound(dialect) } })
  refuseNewer(await appliedVersion(db))
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw storageProblem('storage/not-migrated', { cause: error })
}

/** The schema version of a store: 0 for an empty one. */
async function appliedVersion(db: Kysely<Database>): Promise<number> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return 0
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(db)
  return Number.parseInt(rows[0]?.name ?? '0', 10)
}

export function refuseNewer(found: number): void {
  if (found <= schemaVersion) return
  throw storageProblem('storage/newer', {
    more: {
      fr: `(schéma ${found}, ce programme connaît jusqu’au schéma ${schemaVersion})`,
      en: `(schema ${found}, this program knows up to schema ${schemaVersion})`,
    },
  })
}

function bound(dialect: SqlDialect): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, up]) => [name, { up: (db: Kysely<unknown>) => up(db, dialect) }]),
  )
}
