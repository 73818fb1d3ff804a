import type { DatabaseSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { storageProblem } from '../problems.js'
import { sqliteProblem, writerError } from './sqlite-errors.js'
import { StatementCache, type StatementOutcome } from './statement-cache.js'
import type { WriterClient } from './writer-client.js'
import type { TransactionTime } from './writer-messages.js'

/** Reads on the main thread's read-only connection, writes through the writer's thread; a transaction has the writer for itself, reads included. */
export class EmbeddedDriver implements Driver {
  readonly #writer: WriterClient
  readonly #reader: DatabaseSync
  readonly #reads: StatementCache
  readonly #time: TransactionTime
  /** Kysely remembers each connection that it met: one that comes again costs it nothing. */
  readonly #idle: EmbeddedConnection[] = []

  constructor(writer: WriterClient, reader: DatabaseSync, time: TransactionTime = 'limited') {
    this.#writer = writer
    this.#reader = reader
    this.#reads = new StatementCache(reader)
    this.#time = time
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<EmbeddedConnection> {
    return this.#idle.pop() ?? new EmbeddedConnection(this.#writer, this.#reads)
  }

  async beginTransaction(connection: EmbeddedConnection): Promise<void> {
    connection.lease = await this.#writer.begin(this.#time)
  }

  commitTransaction(connection: EmbeddedConnection): Promise<void> {
    return this.#end('commit', connection)
  }

  rollbackTransaction(connection: EmbeddedConnection): Promise<void> {
    return this.#end('rollback', connection)
  }

  async releaseConnection(connection: EmbeddedConnection): Promise<void> {
    if (connection.lease === null) this.#idle.push(connection)
  }

  async destroy(): Promise<void> {
    // The writer last: the connection that closes last moves the log into the database file, and a reader may not.
    this.#reader.close()
    await this.#writer.close()
  }

  async #end(kind: 'commit' | 'rollback', connection: EmbeddedConnection): Promise<void> {
    const { lease } = connection
    connection.lease = null
    if (lease !== null) await this.#writer.end(kind, lease)
  }
}

class EmbeddedConnection implements DatabaseConnection {
  lease: number | null = null
  readonly #writer: WriterClient
  readonly #reads: StatementCache

  constructor(writer: WriterClient, reads: StatementCache) {
    this.#writer = writer
    this.#reads = reads
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    refuseNul(query.parameters)
    const outcome = this.#read(query) ?? (await this.#writer.run(query.sql, query.parameters, this.lease))
    const rows = outcome.rows as R[]
    return outcome.changes === undefined ? { rows } : { rows, numAffectedRows: BigInt(outcome.changes) }
  }

  // biome-ignore lint/correctness/useYield: a stream would hold a read open while its reader thinks, and the log could not be emptied.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new TypeError('Streaming is not in the SQL that both stores share: read in pages')
  }

  #read({ sql, parameters, query }: CompiledQuery): StatementOutcome | null {
    if (this.lease !== null || !(query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && looksLikeRead(sql))))
      return null
    try {
      const { rows } = this.#reads.run(sql, parameters)
      // Plain objects, as the writer's and PostgreSQL's rows are.
      return { rows: rows.map((row) => ({ ...row })) }
    } catch (error) {
      const seen = writerError(error)
      if (((seen.errcode ?? 0) & 0xff) === readOnlyCode) return null
      throw sqliteProblem(seen)
    }
  }
}

/** SQLite's answer to a raw statement that looked like a read and wrote: the writer then does it. */
const readOnlyCode = 8

const looksLikeRead = (sql: string) => /^\s*(?:select|with|values)\b/i.test(sql)

/** PostgreSQL has no text with NUL; here it would be cut or found by nobody. */
function refuseNul(parameters: readonly unknown[]): void {
  for (const value of parameters) {
    if (typeof value === 'string' && value.includes('\0')) throw storageProblem('storage/bad-text')
  }
}
