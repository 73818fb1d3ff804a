import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { type ClientConfig, Pool, type PoolClient, type PoolConfig, types } from 'pg'
import { isProblem } from '#base'
import { storageProblem } from '../problems.js'
import { postgresProblem } from './postgres-errors.js'

/** How every connection of the store is made. */
export function clientConfig(databaseUrl: string): ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'portique',
    connectionTimeoutMillis: 1_000,
    statement_timeout: 10_000,
    // The server's word may never come, over a cut network.
    query_timeout: 12_000,
    idle_in_transaction_session_timeout: 5_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 || oid === numeric ? Number : types.getTypeParser(oid, format),
    },
  }
}

/** The pool as Kysely takes it, its errors turned into Problems. */
export function openPool(databaseUrl: string): PostgresPool {
  return pooled({ ...clientConfig(databaseUrl), max: 10 })
}

/** One connection whose statements may take as long as a migration of many rows, or of another node, needs. */
export function openPatientPool(databaseUrl: string): PostgresPool {
  const patient = { statement_timeout: 0, query_timeout: 0, idle_in_transaction_session_timeout: 0 }
  return pooled({ ...clientConfig(databaseUrl), ...patient, max: 1 })
}

function pooled(config: PoolConfig): PostgresPool {
  const pool = new Pool(config)
  // Without a listener, a connection that the server ends would end this process: idle ones tell the pool, used ones only themselves.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    // A server told to acknowledge before its log is on the disk would forget what Portique has acknowledged.
    client.query(durable).catch(() => {})
  })
  return { connect: () => connected(pool), end: () => pool.end(), options: {} }
}

async function connected(pool: Pool): Promise<PostgresPoolClient> {
  try {
    return new TranslatedClient(await pool.connect())
  } catch (cause) {
    const known = postgresProblem(cause)
    throw isProblem(known) ? known : storageProblem('storage/unreachable', { cause })
  }
}

const durable = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`

class TranslatedClient implements PostgresPoolClient {
  readonly #client: PoolClient
  #lost = false

  constructor(client: PoolClient) {
    this.#client = client
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(statement: PostgresCursor<R>): PostgresCursor<R>
  query(
    statement: string | PostgresCursor<unknown>,
    parameters: readonly unknown[] = [],
  ): PostgresCursor<unknown> | Promise<PostgresQueryResult<unknown>> {
    if (typeof statement !== 'string') throw new TypeError('Streaming is not in the SQL that both stores share')
    return this.#run(statement, parameters)
  }

  /** A connection that failed without a plain answer is not given to anyone again. */
  release(): void {
    this.#client.release(this.#lost)
  }

  async #run(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>> {
    try {
      return (await this.#client.query(statement, [...parameters])) as PostgresQueryResult<unknown>
    } catch (error) {
      this.#lost ||= !(error instanceof Error && 'severity' in error && error.severity === 'ERROR')
      throw postgresProblem(error)
    }
  }
}

// Both come as text from the driver; counts, sums and times of this store are all below 2^53.
const int8 = 20
const numeric = 1700
