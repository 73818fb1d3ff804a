import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { migrations, schemaVersion } from './migrations/index.js'
import { storageProblem } from './problems.js'
import type { SqlDialect } from './sql-dialect.js'
import type { Database } from './tables.js'

/** Brings the schema up to date, all or nothing. Throws Problem `storage/newer` or `storage/not-migrated`. */
export async function migrate(db: Kysely<Database>, dialect: SqlDialect): Promise<void> {
  const schema = dialect.kind === 'postgres' ? await currentSchema(db) : undefined
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => bound(dialect) },
    // Without its schema named, Kysely takes a migration table of any schema of the database for this store's.
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  })
  refuseNewer(await unlessVanished(() => appliedVersion(db, schema)))
  await unlessVanished(async () => {
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw storageProblem('storage/not-migrated', { cause: error })
  })
}

/** Kysely looks at the tables of the whole database: a schema that somebody else drops meanwhile fails it, and says nothing of this store. */
async function unlessVanished<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === triesMax || !isVanished(error)) throw error
    }
  }
}

const triesMax = 10

/** `invalid_schema_name`, or a relation that went between two looks at the catalogue. */
function isVanished(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const vanished = 'code' in error && (error.code === '3F000' || error.code === '42P01' || error.code === 'XX000')
  return vanished || isVanished(error.cause)
}

/** The schema version of a store: 0 for an empty one. */
async function appliedVersion(db: Kysely<Database>, schema: string | undefined): Promise<number> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration' && (schema ?? table.schema) === table.schema)) return 0
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

async function currentSchema(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  return rows[0]?.name ?? 'public'
}

function bound(dialect: SqlDialect): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, up]) => [name, { up: (db: Kysely<unknown>) => up(db, dialect) }]),
  )
}
