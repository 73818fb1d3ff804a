import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Long-lived tokens of applications; see `ApiTokenTable`. */
export async function apiTokens(db: Kysely<unknown>, { text, integer, tableEnd }: SqlDialect): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema.createTable('api_token')
  for (const name of ['id', 'application_id', 'owner_id', 'title', 'scopes', 'rights', 'networks'])
    table = table.addColumn(name, sql`${text}`, (column) => column.notNull())
  for (const name of ['habilitation_id', 'recipient', 'replaced_by']) table = table.addColumn(name, sql`${text}`)
  for (const name of ['created_at', 'expires_at'])
    table = table.addColumn(name, sql`${integer}`, (column) => column.notNull())
  for (const name of ['calls_per_minute', 'blocked_at', 'last_used_at']) table = table.addColumn(name, sql`${integer}`)
  await table
    .addPrimaryKeyConstraint('api_token_key', ['id'])
    .addForeignKeyConstraint('api_token_application', ['application_id'], 'application', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .modifyEnd(tableEnd)
    .execute()
  await db.schema.createIndex('api_token_application_id').on('api_token').columns(['application_id']).execute()
}
