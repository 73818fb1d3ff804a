import { type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Where an application is told what people decide; null: nowhere. */
export async function eventAddress(db: Kysely<unknown>, { text }: SqlDialect): Promise<void> {
  await db.schema.alterTable('application').addColumn('event_url', sql`${text}`).execute()
}
