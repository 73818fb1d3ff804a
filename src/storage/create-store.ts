import type { Store, StoreOptions } from './store.js'

/** Opens the store, embedded unless `databaseUrl` is given, its schema brought up to date. Throws a Problem `storage/…` that says what to do. */
export async function createStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl } = options
  // A process has one of the two, and loads no other.
  if (databaseUrl === undefined) {
    const { createEmbeddedStore } = await import('./embedded/create-embedded-store.js')
    return createEmbeddedStore(options)
  }
  const { createPostgresStore } = await import('./postgres/create-postgres-store.js')
  return createPostgresStore({ ...options, databaseUrl })
}
