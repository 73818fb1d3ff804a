import { open } from 'node:fs/promises'
import { type Kysely, sql } from 'kysely'
import { type ExportedTable, type ExportHeader, ExportSum, exportFormat, tableEntries } from './export-format.js'
import { insidesOf, type Run } from './insides.js'
import { keepFile } from './keep-file.js'
import { schemaVersion } from './migrations/index.js'
import type { Store } from './store.js'
import type { Database } from './tables.js'

/**
 * Writes all tables, as they stand at one instant, to a new file that only its owner can read. Secrets stay sealed in it.
 * Returns how many rows it wrote. Throws Problem `storage/export-refused` when the file exists or cannot be written.
 */
export async function exportStore(store: Store, path: string): Promise<ExportedRows> {
  const sum = new ExportSum()
  await insidesOf(store).snapshot((run) =>
    keepFile(path, 'storage/export-refused', async (partial) => {
      const file = await open(partial, 'wx', 0o600)
      try {
        for await (const lines of chunks(store.db, run, sum)) await file.write(lines)
      } finally {
        await file.close()
      }
    }),
  )
  return { rows: sum.total() }
}

export interface ExportedRows {
  readonly rows: number
}

async function* chunks(db: Kysely<Database>, run: Run, sum: ExportSum): AsyncGenerator<string> {
  const columns = Object.fromEntries(tableEntries.map(([table, entry]) => [table, entry.columns]))
  const header: ExportHeader = { portique: 'store', format: exportFormat, schema: schemaVersion, columns }
  const line = JSON.stringify(header)
  sum.add(line)
  yield `${line}\n`
  for (const [table, entry] of tableEntries) {
    for await (const rows of pages({ db, run, table, entry })) {
      const lines = rows.map((row) => JSON.stringify([table, ...entry.columns.map((column) => row[column])]))
      for (const each of lines) sum.add(each, table)
      yield `${lines.join('\n')}\n`
    }
  }
  yield `${JSON.stringify(sum.trailer())}\n`
}

interface Pages {
  readonly db: Kysely<Database>
  readonly run: Run
  readonly table: string
  readonly entry: ExportedTable
}

async function* pages({ db, run, table, entry }: Pages) {
  const key = sql.join(entry.key.map((column) => sql.ref(column)))
  let after: readonly unknown[] | undefined
  for (;;) {
    // The row-value comparison takes each page from the index, however far it is.
    const where = after === undefined ? sql`` : sql`where (${key}) > (${sql.join(after)})`
    const columns = sql.join(entry.columns.map((column) => sql.ref(column)))
    const query = sql`select ${columns} from ${sql.table(table)} ${where} order by ${key} limit ${sql.lit(pageRows)}`
    const rows = await run(query.compile(db))
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = entry.key.map((column) => last[column])
  }
}

const pageRows = 500
