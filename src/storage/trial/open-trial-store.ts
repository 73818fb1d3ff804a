import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { createStore } from '../create-store.js'
import { createEmbeddedStore, type EmbeddedTrial } from '../embedded/create-embedded-store.js'
import type { Store } from '../store.js'

/** A place for one test's stores, empty at first and gone afterwards. */
export interface TrialPlace {
  readonly kind: Store['kind']
  /** Opens the store of this place; on PostgreSQL more than once at a time, as several nodes would. */
  open(key?: Buffer): Promise<Store>
  remove(): Promise<void>
  readonly databaseUrl?: string
}

export async function embeddedPlace(trial: EmbeddedTrial = {}): Promise<TrialPlace & { readonly folder: string }> {
  const folder = trialFolder()
  return {
    kind: 'sqlite',
    folder,
    open: (key) => createEmbeddedStore({ folder, now: Date.now, ...(key === undefined ? {} : { key }) }, trial),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A schema of its own in the database at `url`. */
export async function postgresPlace(url: string): Promise<TrialPlace & { readonly databaseUrl: string }> {
  const schema = `trial_${process.pid}_${Math.random().toString(36).slice(2)}`
  await administer(url, `create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  const folders: string[] = []
  return {
    kind: 'postgres',
    databaseUrl: own.href,
    open: (key) => {
      const folder = trialFolder()
      folders.push(folder)
      const databaseUrl = own.href
      return createStore({ folder, now: Date.now, databaseUrl, ...(key === undefined ? {} : { key }) })
    },
    async remove() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
      await administer(url, `drop schema ${schema} cascade`)
    },
  }
}

/** A new folder, gone at the latest when the process ends. */
export function trialFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portique-storage-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** One statement on a connection of its own. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
