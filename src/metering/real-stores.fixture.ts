import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import { createStore, type Store } from '#storage'

export interface RealStore {
  readonly store: Store
  remove(): Promise<void>
}

type Define = (kind: string, open: () => Promise<RealStore>) => void

/** Runs the tests on the embedded store and, where there is an address (`DATABASE_URL`), on PostgreSQL in a schema of their own. */
export function onRealStores(url: string | undefined, define: Define): void {
  define('the embedded store', () => openIn({}))
  if (url !== undefined) define('PostgreSQL', () => openPostgres(url))
  else test('PostgreSQL', { skip: 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' }, () => {})
}

async function openIn(more: { databaseUrl?: string }): Promise<RealStore> {
  const folder = mkdtempSync(join(tmpdir(), 'portique-metering-'))
  const store = await createStore({ folder, now: Date.now, ...more })
  return {
    store,
    async remove() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openPostgres(url: string): Promise<RealStore> {
  const schema = `metering_${process.pid}_${Math.random().toString(36).slice(2)}`
  await administer(url, `create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  const opened = await openIn({ databaseUrl: own.href })
  return {
    store: opened.store,
    async remove() {
      await opened.remove()
      await administer(url, `drop schema ${schema} cascade`)
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
