import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Cases of the sandbox that were imported; see `SandboxCaseTable`. */
export async function sandboxCases(db: Kysely<unknown>, { text, integer, tableEnd }: SqlDialect): Promise<void> {
  let table: CreateTableBuilder<string, string> = db.schema.createTable('sandbox_case')
  for (const name of ['application_id', 'api_id', 'operation_id', 'file', 'title', 'params'])
    table = table.addColumn(name, sql`${text}`, (column) => column.notNull())
  table = table.addColumn('payload', sql`${text}`)
  for (const name of ['status', 'updated_at'])
    table = table.addColumn(name, sql`${integer}`, (column) => column.notNull())
  await table
    .addPrimaryKeyConstraint('sandbox_case_key', ['application_id', 'api_id', 'operation_id', 'file'])
    .modifyEnd(tableEnd)
    .execute()
}
