import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Client } from 'pg'
import { createStore, type Store } from '#storage'

const folders: string[] = []
const removeFolders = () => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))

async function open(databaseUrl?: string): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'portique-catalog-'))
  folders.push(folder)
  return createStore({ folder, now: Date.now, ...(databaseUrl === undefined ? {} : { databaseUrl }) })
}

/** Work with a store that is empty, and with a way to open it a second time, as another node does. */
export type Within = (work: (store: Store, again: () => Promise<Store>) => Promise<void>) => Promise<void>

/** The same tests on the embedded store, and on PostgreSQL where an address names one. */
export function onBothStores(what: string, url: string | undefined, tests: (within: Within) => void): void {
  describe(`${what} on the embedded store`, () => {
    after(removeFolders)
    tests(async (work) => {
      const store = await open()
      // A data folder has one owner: there the other node is this one.
      await work(store, async () => store).finally(() => store.close())
    })
  })
  if (url === undefined) test(`${what} on PostgreSQL`, { skip: 'DATABASE_URL is not set' }, () => {})
  else
    describe(`${what} on PostgreSQL`, () => {
      after(removeFolders)
      tests((work) => inSchema(url, work))
    })
}

async function inSchema(url: string, work: Parameters<Within>[0]): Promise<void> {
  const schema = `catalog_${process.pid}_${Math.random().toString(36).slice(2)}`
  const administer = async (statement: string) => {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await administer(`create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  const opened: Store[] = []
  const again = async () => {
    const store = await open(own.href)
    opened.push(store)
    return store
  }
  await work(await again(), again).finally(async () => {
    for (const store of opened) await store.close()
    await administer(`drop schema ${schema} cascade`)
  })
}
