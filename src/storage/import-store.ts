import { existsSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import { isProblem, type Text } from '#base'
import { ExportSum, exportFormat, tableEntries } from './export-format.js'
import type { ExportedRows } from './export-store.js'
import { fileLines } from './file-lines.js'
import { insidesOf, type Run } from './insides.js'
import { keyCheckName, refuseOtherKey } from './key-check.js'
import { refuseNewer } from './migrate.js'
import { schemaVersion } from './migrations/index.js'
import { storageProblem } from './problems.js'
import type { Store } from './store.js'
import type { Database } from './tables.js'

/**
 * Reads what `exportStore` wrote into an empty store, all or nothing; returns how many rows. Throws Problem `storage/not-empty`, `storage/newer`, `storage/wrong-key`,
 * or `storage/export-refused` with the line at fault.
 */
export async function importStore(store: Store, path: string): Promise<ExportedRows> {
  if (!existsSync(path)) {
    const more = { fr: `(${path} n’existe pas)`, en: `(there is no file ${path})` }
    throw storageProblem('storage/export-refused', { more })
  }
  const { bulk, key } = insidesOf(store)
  return bulk(async (run) => {
    await refuseFilled(store.db, run)
    await run(sql`delete from secret where name = ${keyCheckName}`.compile(store.db))
    const rows = await new Import(store, run).read(path)
    if (key !== undefined) await refuseOthersSeal(store.db, run, key)
    return { rows }
  })
}

class Import {
  readonly #store: Store
  readonly #run: Run
  readonly #sum = new ExportSum()
  #line = 0
  #ended = false
  #batch: { table: string; rows: unknown[][]; from: number } = { table: '', rows: [], from: 0 }

  constructor(store: Store, run: Run) {
    this.#store = store
    this.#run = run
  }

  async read(path: string): Promise<number> {
    try {
      for await (const line of fileLines(path)) await this.#take(line)
    } catch (cause) {
      if (isProblem(cause)) throw cause
      throw this.#refused({ fr: 'illisible', en: 'unreadable' }, { cause })
    }
    if (!this.#ended)
      throw this.#refused({ fr: 'le fichier est coupé après cette ligne', en: 'the file is cut after this line' })
    if (this.#store.kind === 'postgres') await this.#run(countOn.compile(this.#store.db))
    return this.#sum.total()
  }

  async #take(line: string): Promise<void> {
    this.#line += 1
    const value = this.#parsed(line)
    if (this.#ended) throw this.#refused({ fr: 'rien ne doit suivre la fin', en: 'nothing may follow the end' })
    if (this.#line === 1) return this.#header(line, value)
    if (Array.isArray(value)) return this.#row(line, value)
    await this.#flush()
    this.#trailer(value)
  }

  #parsed(line: string): unknown {
    try {
      return JSON.parse(line)
    } catch (cause) {
      throw this.#refused({ fr: 'ce n’est pas du JSON', en: 'this is not JSON' }, { cause })
    }
  }

  #header(line: string, value: unknown): void {
    const { portique, format, schema, columns } = Object(value)
    if (portique !== 'store')
      throw this.#refused({ fr: 'ce n’est pas un export de Portique', en: 'this is no export of Portique' })
    if (format !== exportFormat) {
      throw this.#refused({
        fr: `format ${format}, attendu ${exportFormat}`,
        en: `format ${format}, expected ${exportFormat}`,
      })
    }
    if (!Number.isInteger(schema))
      throw this.#refused({ fr: 'le schéma n’est pas un nombre', en: 'its schema is no number' })
    refuseNewer(schema)
    // A migration may change what no row shows, such as indexes: an older export is as good where its columns are these.
    const others = tableEntries
      .filter(([table, entry]) => JSON.stringify(Object(columns)[table]) !== JSON.stringify(entry.columns))
      .map(([table]) => table)
    const strange = Object.keys(Object(columns)).filter((name) => !tableEntries.some(([table]) => table === name))
    const differing = [...others, ...strange].join(', ')
    if (differing !== '') {
      throw this.#refused({
        fr: `les colonnes de ${differing} (schéma ${schema}) ne sont pas celles du schéma ${schemaVersion} : démarrez cette version sur le stockage d’origine, puis exportez à nouveau`,
        en: `the columns of ${differing} (schema ${schema}) are not those of schema ${schemaVersion}: start this version on the store that it came from, then export again`,
      })
    }
    this.#sum.add(line)
  }

  async #row(line: string, [table, ...values]: unknown[]): Promise<void> {
    const entry = tableEntries.find(([name]) => name === table)?.[1]
    if (entry === undefined || values.length !== entry.columns.length || !values.every(isScalar)) {
      throw this.#refused({
        fr: 'cette ligne n’a pas la forme attendue',
        en: 'this row does not have the expected shape',
      })
    }
    if (this.#batch.table !== table || this.#batch.rows.length >= batchRows) await this.#flush()
    if (this.#batch.rows.length === 0) this.#batch = { table: String(table), rows: [], from: this.#line }
    this.#batch.rows.push(values)
    this.#sum.add(line, this.#batch.table)
  }

  async #flush(): Promise<void> {
    const { table, rows, from } = this.#batch
    this.#batch = { table: '', rows: [], from: 0 }
    const columns = tableEntries.find(([name]) => name === table)?.[1].columns
    if (columns === undefined || rows.length === 0) return
    const names = sql.join(columns.map((column) => sql.ref(column)))
    const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`))
    try {
      await this.#run(sql`insert into ${sql.table(table)} (${names}) values ${values}`.compile(this.#store.db))
    } catch (cause) {
      // A fault of the store is the store's; only one of the rows is the file's.
      if (isProblem(cause) && cause.status === 503) throw cause
      const to = from + rows.length - 1
      throw this.#refused(
        {
          fr: `une des lignes ${from} à ${to} est refusée par le stockage`,
          en: `the store refuses one of the lines ${from} to ${to}`,
        },
        { cause },
      )
    }
  }

  #trailer(value: unknown): void {
    if (JSON.stringify(value) !== JSON.stringify(this.#sum.trailer())) {
      throw this.#refused({
        fr: 'les comptes ou l’empreinte ne correspondent pas : le fichier est abîmé',
        en: 'the counts or the checksum do not agree: the file is damaged',
      })
    }
    this.#ended = true
  }

  #refused(why: Text, { cause }: { cause?: unknown } = {}) {
    return storageProblem('storage/export-refused', {
      more: { fr: `Ligne ${this.#line} : ${why.fr}.`, en: `Line ${this.#line}: ${why.en}.` },
      detail: { line: this.#line },
      cause,
    })
  }
}

const batchRows = 200

/** Counting goes on behind what was imported; SQLite sees to that by itself. */
const countOn = sql`
  select setval(pg_get_serial_sequence('outbox', 'sequence'), coalesce(max(sequence), 1), max(sequence) is not null) from outbox`

const isScalar = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'number'

async function refuseFilled(db: Kysely<Database>, run: Run): Promise<void> {
  for (const [table] of tableEntries) {
    const own = table === 'secret' ? sql`where name <> ${keyCheckName}` : sql``
    const [row] = await run(sql`select 1 as found from ${sql.table(table)} ${own} limit 1`.compile(db))
    if (row !== undefined)
      throw storageProblem('storage/not-empty', { more: { fr: `(table ${table})`, en: `(table ${table})` } })
  }
}

async function refuseOthersSeal(db: Kysely<Database>, run: Run, key: Buffer): Promise<void> {
  const [row] = await run(sql`select value_sealed from secret where name = ${keyCheckName}`.compile(db))
  if (typeof row?.value_sealed === 'string') refuseOtherKey(row.value_sealed, key)
}
