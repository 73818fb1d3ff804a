import { createEmbeddedStore } from './embedded/create-embedded-store.js'
import { createPostgresStore } from './postgres/create-postgres-store.js'
import type { Store, StoreOptions } from './store.js'

/** Opens the store, embedded unless `databaseUrl` is given, its schema brought up to date. Throws a Problem `storage/…` that says what to do. */
export function createStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options
  return databaseUrl === undefined ? createEmbeddedStore(options) : createPostgresStore({ ...options, databaseUrl })
}
