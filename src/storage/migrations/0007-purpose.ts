import { type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** What an application asks data for, as the person who consents reads it; null: not said. */
export async function purpose(db: Kysely<unknown>, { text }: SqlDialect): Promise<void> {
  await db.schema.alterTable('application').addColumn('purpose', sql`${text}`).execute()
}
