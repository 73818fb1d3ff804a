import { resolve } from 'node:path'
import { type Settings, systemClock } from '#base'
import { createStore, importStore } from '#storage'

/** Reads an export into the store that the settings name; it must be empty, and no other process may own its folder. */
export async function importInto(
  settings: Settings,
  file: string,
): Promise<{ readonly rows: number; readonly kind: 'sqlite' | 'postgres' }> {
  const store = await createStore({
    folder: resolve(settings.PORTIQUE_DATA),
    now: systemClock,
    ...(settings.DATABASE_URL === undefined ? {} : { databaseUrl: settings.DATABASE_URL }),
  })
  try {
    const { rows } = await importStore(store, file)
    return { rows, kind: store.kind }
  } finally {
    await store.close()
  }
}
