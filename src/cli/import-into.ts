import { resolve } from 'node:path'
import { systemClock } from '#base'
import { createStore, importStore } from '#storage'
import { secretKey } from './secret-key.js'
import type { Settings } from './settings.js'

/** Reads an export into the store that the settings name; it must be empty, and no other process may own its folder. */
export async function importInto(settings: Settings, file: string): Promise<'sqlite' | 'postgres'> {
  const folder = resolve(settings.PORTIQUE_DATA)
  const store = await createStore({
    folder,
    now: systemClock,
    key: secretKey(settings.PORTIQUE_SECRET_KEY, folder),
    ...(settings.DATABASE_URL === undefined ? {} : { databaseUrl: settings.DATABASE_URL }),
  })
  try {
    await importStore(store, file)
    return store.kind
  } finally {
    await store.close()
  }
}
