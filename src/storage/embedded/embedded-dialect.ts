import {
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/** Kysely over our own driver, with its SQLite compiler and introspector. */
export class EmbeddedDialect implements Dialect {
  readonly #driver: Driver

  constructor(driver: Driver) {
    this.#driver = driver
  }

  createDriver(): Driver {
    return this.#driver
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new EmbeddedAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

class EmbeddedAdapter extends SqliteAdapter {
  /** SQLite can; Kysely says no, and a kill in the middle of a migration would then leave half of it for ever. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  /** The driver queues by itself: reads and writes have connections of their own. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}
