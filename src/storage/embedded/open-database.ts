import { DatabaseSync } from 'node:sqlite'
import { storageProblem } from '../problems.js'

/** `OFF` and `NORMAL` lose acknowledged commits on a power cut: only the power-loss test's control run asks for them. */
export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'

/** The one connection that writes. Throws what SQLite throws. */
export function openForWriting(path: string, synchronous: Synchronous): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMilliseconds, enableForeignKeyConstraints: true })
  try {
    configure(database, synchronous)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

export function openForReading(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: busyTimeoutMilliseconds })
}

/** Throws Problem `storage/unsafe-sqlite`: before 3.51.3 a WAL store could lose commits when a checkpoint met a writer. */
export function refuseUnsafeSqlite(version: string = process.versions.sqlite ?? '0'): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major * 1_000_000 + minor * 1_000 + patch >= 3_051_003) return
  throw storageProblem('storage/unsafe-sqlite', {
    more: {
      fr: `(SQLite ${version}, il faut au moins 3.51.3)`,
      en: `(SQLite ${version}, at least 3.51.3 is needed)`,
    },
  })
}

function configure(database: DatabaseSync, synchronous: Synchronous): void {
  database.exec(`pragma journal_mode=wal; pragma synchronous=${synchronous}; pragma trusted_schema=off`)
  // The writer makes checkpoints itself, between groups: an automatic one hides its errors from the commit that triggers it.
  database.exec('pragma wal_autocheckpoint=0')
}

const busyTimeoutMilliseconds = 5_000
