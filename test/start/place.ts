import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'

/** Which store a story runs on. */
export interface StoreKind {
  readonly name: 'embedded store' | 'PostgreSQL'
  readonly databaseUrl: string | null
}

export const embeddedStore: StoreKind = { name: 'embedded store', databaseUrl: null }

/** The embedded store always, PostgreSQL where DATABASE_URL says that it answers; where it does not, the report says what was left out. */
export const storeKinds: Iterable<StoreKind> = {
  *[Symbol.iterator]() {
    yield embeddedStore
    const { DATABASE_URL: databaseUrl } = process.env
    if (databaseUrl === undefined) test('the same on PostgreSQL', { skip: 'DATABASE_URL names no database' })
    else yield { name: 'PostgreSQL', databaseUrl }
  },
}

if (process.env.DATABASE_URL === undefined && process.env.NODE_TEST_CONTEXT !== undefined)
  test('PostgreSQL', { skip: 'DATABASE_URL is not set: PostgreSQL is NOT tested in this run' }, () => {})

/** A data folder, and a schema of its own where the store is PostgreSQL: nothing else of the machine is touched. */
export interface Place {
  readonly folder: string
  /** The whole environment of a process that lives here. */
  readonly environment: Readonly<Record<string, string>>
  /** Rows of the store; on the embedded one only while no process owns it. */
  rows(query: string): Promise<readonly Record<string, unknown>[]>
  drop(): Promise<void>
}

export async function createPlace({ databaseUrl }: StoreKind): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'portique-story-'))
  const { PATH = '', HOME = '' } = process.env
  const environment = { PATH, HOME, NO_COLOR: '1', PORT: '0', PORTIQUE_DATA: folder }
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  if (databaseUrl === null) return { folder, environment, rows: readEmbedded(folder), drop: removeFolder }
  const schema = `story_${randomBytes(6).toString('hex')}`
  await queryDatabase(databaseUrl, `create schema ${schema}`)
  const url = new URL(databaseUrl)
  url.searchParams.set('options', `-c search_path=${schema}`)
  return {
    folder,
    environment: { ...environment, DATABASE_URL: url.href },
    rows: (query) => queryDatabase(url.href, query),
    async drop() {
      await queryDatabase(databaseUrl, `drop schema ${schema} cascade`)
      await removeFolder()
    },
  }
}

function readEmbedded(folder: string): Place['rows'] {
  return async (query) => {
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(join(folder, 'portique.sqlite'), { readOnly: true })
    try {
      return database.prepare(query).all()
    } finally {
      database.close()
    }
  }
}

async function queryDatabase(connectionString: string, query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(query)).rows
  } finally {
    await client.end()
  }
}
