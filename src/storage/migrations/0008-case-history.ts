import { createHash } from 'node:crypto'
import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** Cases of the sandbox have a description, headers and a revision, and leave a trace of each change; see `SandboxCaseRevisionTable`. */
export async function caseHistory(db: Kysely<unknown>, { text, integer, tableEnd }: SqlDialect): Promise<void> {
  const added = { description: '', headers: '{}', updated_by: 'operator' }
  for (const [name, value] of Object.entries(added))
    await db.schema
      .alterTable('sandbox_case')
      .addColumn(name, sql`${text}`, (column) => column.notNull().defaultTo(value))
      .execute()
  await db.schema
    .alterTable('sandbox_case')
    .addColumn('revision', sql`${integer}`, (column) => column.notNull().defaultTo(1))
    .execute()
  await revisionTable(db.schema.createTable('sandbox_case_revision'), { text, integer })
    .addPrimaryKeyConstraint('sandbox_case_revision_key', ['case_id', 'revision'])
    .modifyEnd(tableEnd)
    .execute()
  await traceWhatIsThere(db)
}

type Before = Readonly<Record<'application_id' | 'api_id' | 'operation_id' | 'file', string>>

/** Cases that were imported before have a first revision too. */
async function traceWhatIsThere(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Before>`select application_id, api_id, operation_id, file from sandbox_case`.execute(db)
  for (const { application_id, api_id, operation_id, file } of rows) {
    const key = JSON.stringify([application_id, api_id, operation_id, file])
    const id = `case_${createHash('sha256').update(key).digest('base64url').slice(0, 16)}`
    await sql`insert into sandbox_case_revision
      (case_id, revision, at, actor, action, application_id, api_id, operation_id, file, title, description, params, headers, status, payload)
      select ${id}, 1, updated_at, 'operator', 'import', application_id, api_id, operation_id, file, title, description, params, headers, status, payload
      from sandbox_case
      where application_id = ${application_id} and api_id = ${api_id} and operation_id = ${operation_id} and file = ${file}`.execute(
      db,
    )
  }
}

const texts = [
  ...['case_id', 'actor', 'action', 'application_id', 'api_id', 'operation_id'],
  ...['file', 'title', 'description', 'params', 'headers'],
]

function revisionTable(
  empty: CreateTableBuilder<string, string>,
  { text, integer }: Pick<SqlDialect, 'text' | 'integer'>,
): CreateTableBuilder<string, string> {
  let table = empty.addColumn('payload', sql`${text}`)
  for (const name of texts) table = table.addColumn(name, sql`${text}`, (column) => column.notNull())
  for (const name of ['revision', 'at', 'status'])
    table = table.addColumn(name, sql`${integer}`, (column) => column.notNull())
  return table
}
