import { type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Evidence of calls for personal data; see `EvidenceTable`. */
export async function evidence(db: Kysely<unknown>, { text, integer, tableEnd }: SqlDialect): Promise<void> {
  let table = db.schema.createTable('evidence').addColumn('id', sql`${text}`, (column) => column.notNull().primaryKey())
  for (const name of ['request_id', 'api_id', 'environment', 'method']) {
    table = table.addColumn(name, sql`${text}`, (column) => column.notNull())
  }
  for (const name of ['application_id', 'token_mark', 'operation_id', 'refusal', 'previous_hash', 'hash']) {
    table = table.addColumn(name, sql`${text}`)
  }
  for (const name of ['at', 'status']) table = table.addColumn(name, sql`${integer}`, (column) => column.notNull())
  await table.modifyEnd(tableEnd).execute()
  await db.schema.createIndex('evidence_application_id_at').on('evidence').columns(['application_id', 'at']).execute()
  await db.schema.createIndex('evidence_at').on('evidence').columns(['at']).execute()
}
