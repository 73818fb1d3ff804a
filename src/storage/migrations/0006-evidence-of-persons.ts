import { type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Whose data, for whom and which fields: what evidence says besides; see `EvidenceTable`. */
export async function evidenceOfPersons(db: Kysely<unknown>, { text }: SqlDialect): Promise<void> {
  for (const name of ['token_id', 'habilitation_id', 'person', 'recipient', 'fields'])
    await db.schema.alterTable('evidence').addColumn(name, sql`${text}`).execute()
  for (const name of ['token_id', 'person'])
    await db.schema.createIndex(`evidence_${name}_at`).on('evidence').columns([name, 'at']).execute()
}
