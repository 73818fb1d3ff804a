import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

export interface StatementOutcome {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Rows inserted, updated or deleted; absent when the statement returns rows. */
  readonly changes?: number
}

/** Prepares each SQL text once and keeps the statements used last. */
export class StatementCache {
  readonly #database: DatabaseSync
  readonly #known = new Map<string, Prepared>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  run(sql: string, parameters: readonly unknown[]): StatementOutcome {
    const { statement, returnsRows } = this.#prepared(sql)
    const values = parameters as readonly SQLInputValue[]
    if (!returnsRows) return { rows: [], changes: Number(statement.run(...values).changes) }
    return { rows: statement.all(...values) }
  }

  #prepared(sql: string): Prepared {
    const known = this.#known.get(sql)
    if (known === undefined) return this.#prepare(sql)
    // Reinserting makes the map's order the order of last use.
    this.#known.delete(sql)
    this.#known.set(sql, known)
    return known
  }

  #prepare(sql: string): Prepared {
    const statement = this.#database.prepare(sql)
    const prepared = { statement, returnsRows: statement.columns().length > 0 }
    const oldest = this.#known.keys().next()
    if (this.#known.size >= statementsMax && oldest.done === false) this.#known.delete(oldest.value)
    this.#known.set(sql, prepared)
    return prepared
  }
}

const statementsMax = 500

interface Prepared {
  readonly statement: StatementSync
  readonly returnsRows: boolean
}
