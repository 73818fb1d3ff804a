import { type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** How the provider of a published API is asked; null: in the words of the contract. */
export async function publishedAdapter(db: Kysely<unknown>, { text }: SqlDialect): Promise<void> {
  await db.schema.alterTable('published_api').addColumn('adapter', sql`${text}`).execute()
}
