import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { SqlDialect } from '../sql-dialect.js'

/** All tables of the first version; see `tables.ts` for what they hold. */
export async function firstTables(db: Kysely<unknown>, dialect: SqlDialect): Promise<void> {
  await createTables(db, dialect)
  await createIndexes(db)
}

async function createTables(db: Kysely<unknown>, { kind, text, integer, sequence, tableEnd }: SqlDialect) {
  /** Columns are `not null` unless the name ends with `?`. */
  const create = async (name: string, texts: string, integers: string, more: (table: Table) => Table) => {
    let table: Table = db.schema.createTable(name)
    for (const [type, names] of [
      [text, texts],
      [integer, integers],
    ] as const) {
      for (const column of names.split(' ').filter((each) => each !== '')) {
        const nullable = column.endsWith('?')
        table = table.addColumn(nullable ? column.slice(0, -1) : column, sql`${type}`, (definition) =>
          nullable ? definition : definition.notNull(),
        )
      }
    }
    await more(table).modifyEnd(tableEnd).execute()
  }

  await create('application', 'id name platform environment type state redirect_uris', 'created_at updated_at', (t) =>
    t.addPrimaryKeyConstraint('application_key', ['id']),
  )
  await create(
    'credential',
    'id application_id kind value_sealed? value_hash',
    'created_at expires_at? revoked_at? last_used_at?',
    (t) =>
      t
        .addPrimaryKeyConstraint('credential_key', ['id'])
        .addForeignKeyConstraint('credential_application', ['application_id'], 'application', ['id'], (key) =>
          key.onDelete('cascade'),
        ),
  )
  await create('subscription', 'application_id environment api_id quotas', 'created_at ends_at?', (t) =>
    t
      .addPrimaryKeyConstraint('subscription_key', ['application_id', 'environment', 'api_id'])
      .addForeignKeyConstraint('subscription_application', ['application_id'], 'application', ['id'], (key) =>
        key.onDelete('cascade'),
      ),
  )
  await create('published_api', 'id platform code version document settings', 'published_at', (t) =>
    t.addPrimaryKeyConstraint('published_api_key', ['id']),
  )
  await create(
    'oidc_artifact',
    'id_hash realm model grant_id? uid? user_code? client_id? payload',
    'expires_at? consumed_at?',
    (t) => t.addPrimaryKeyConstraint('oidc_artifact_key', ['id_hash']),
  )
  await create(
    'usage_minute',
    'platform application_id api_id environment node',
    'minute status calls request_bytes response_bytes duration_ms',
    (t) =>
      t.addPrimaryKeyConstraint('usage_minute_key', [
        'minute',
        'application_id',
        'api_id',
        'environment',
        'status',
        'node',
      ]),
  )
  await create('secret', 'name value_sealed', 'version created_at retired_at?', (t) =>
    t.addPrimaryKeyConstraint('secret_key', ['name', 'version']),
  )
  await create('audit', 'id actor action object detail', 'at', (t) => t.addPrimaryKeyConstraint('audit_key', ['id']))
  await create('outbox', 'topic key', 'at', (t) => {
    const counted = t.addColumn('sequence', sql`${sequence}`)
    if (kind === 'sqlite') return counted
    // Which transaction wrote the row, so that readers tell what an older snapshot could not see yet.
    return counted.addColumn('transaction_id', sql`xid8`, (column) =>
      column.notNull().defaultTo(sql`pg_current_xact_id()`),
    )
  })
  if (kind === 'postgres') await sql`create index outbox_transaction_id on outbox (transaction_id)`.execute(db)
}

async function createIndexes(db: Kysely<unknown>) {
  const indexes = [
    ['credential', ['application_id']],
    ['credential', ['value_hash']],
    ['oidc_artifact', ['grant_id']],
    ['oidc_artifact', ['uid']],
    ['oidc_artifact', ['user_code']],
    ['oidc_artifact', ['expires_at']],
    ['usage_minute', ['application_id', 'minute']],
    ['audit', ['at']],
    ['audit', ['object']],
    ['outbox', ['at']],
  ] as const
  for (const [table, columns] of indexes) {
    await db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute()
  }
}

type Table = CreateTableBuilder<string, string>
