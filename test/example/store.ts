import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { createStore, createVault } from '#storage'

/** An empty store of its own for one test, gone with it: PostgreSQL in a schema of its own, or embedded when `databaseUrl` is undefined. */
export async function exampleStore(t: TestContext, databaseUrl: string | undefined, now: () => number = Date.now) {
  const folder = await mkdtemp(join(tmpdir(), 'portique-test-'))
  const schema = `test_${randomBytes(6).toString('hex')}`
  const url = databaseUrl === undefined ? undefined : inSchema(databaseUrl, schema)
  const open = (at = folder) => createStore({ folder: at, now, ...(url !== undefined && { databaseUrl: url }) })
  if (databaseUrl !== undefined) await run(databaseUrl, `create schema ${schema}`)
  let store = await open()
  t.after(async () => {
    await store.close()
    if (databaseUrl !== undefined) await run(databaseUrl, `drop schema ${schema} cascade`)
    await rm(folder, { recursive: true, force: true })
  })
  return {
    folder,
    vault: createVault(randomBytes(32)),
    store: () => store,
    /** The same database as another node sees it; PostgreSQL only. */
    async another() {
      const other = await open(await mkdtemp(join(folder, 'node-')))
      t.after(() => other.close())
      return other
    },
    /** What a restart of the process does to the store. */
    async reopen() {
      await store.close()
      store = await open()
      return store
    },
  }
}

function inSchema(databaseUrl: string, schema: string): string {
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return url.href
}

async function run(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
