import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import type { Bench } from './bench.js'
import { startChild, untilReady } from './child.js'
import { freePort } from './free-port.js'
import { projectorBody } from './projector-body.js'
import type { Measured } from './rounds.js'
import { runTurns } from './turns.js'
import { startUpstream } from './upstream.js'

export type EvidenceStore = 'embedded store' | 'PostgreSQL'

export type EvidenceResult = {
  readonly measured: Measured
  /** Rows that shared a commit, on the average. */
  readonly groupSizes: ReadonlyMap<EvidenceStore, number>
  readonly leftOut: ReadonlyMap<string, string>
}

export const withoutEvidence = (store: EvidenceStore) => `${store}, no evidence`
export const withEvidence = (store: EvidenceStore) => `${store}, evidence`

/** The same call through the same gateway, with and without evidence that is durable before the answer leaves. */
export async function benchEvidence(bench: Bench): Promise<EvidenceResult> {
  const { cores, folder } = bench
  const upstream = await startUpstream(join(folder, 'evidence'), cores.upstream, projectorBody)
  const database = process.env.DATABASE_URL
  const servers = [await startServer(bench, { store: 'embedded store', upstream: upstream.url })]
  if (database !== undefined)
    servers.push(await startServer(bench, { store: 'PostgreSQL', upstream: upstream.url, database }))
  const measured = await runTurns(
    bench,
    servers.flatMap(({ contestants }) => contestants),
  )
  const groupSizes = new Map<EvidenceStore, number>()
  for (const { store, groupSize } of servers) groupSizes.set(store, await groupSize())
  await Promise.all([...servers.map(({ stop }) => stop()), upstream.child.stop()])
  const leftOut = new Map(database === undefined ? [['PostgreSQL', 'DATABASE_URL is not set.']] : [])
  return { measured, groupSizes, leftOut }
}

interface Wanted {
  readonly store: EvidenceStore
  readonly upstream: string
  readonly database?: string
}

async function startServer({ cores, folder: place }: Bench, { store, upstream, database }: Wanted) {
  const folder = join(place, `evidence-${store.replaceAll(' ', '-')}`)
  await mkdir(folder)
  const schema = database === undefined ? undefined : await ownSchema(database)
  const port = await freePort()
  const script = join(import.meta.dirname, 'evidence-server.js')
  const args = [script, String(port), upstream, folder, ...(schema === undefined ? [] : [schema.url])]
  const child = startChild({ name: 'gateway', core: cores.gateway, command: process.execPath, args })
  const authorization = 'Bearer bench'
  const urlOf = (code: string) => `http://127.0.0.1:${port}/demo/${code}/v1/item?ine=990000001HH`
  const groups = async () => counts.parse(await (await fetch(`http://127.0.0.1:${port}/groups`)).json())
  await untilReady(child, async () => {
    const before = (await groups()).rows
    const answers = [urlOf('plain'), urlOf('evidence')].map((url) => fetch(url, { headers: { authorization } }))
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    return statuses.every((status) => status === 200) && (await groups()).rows === before + 1
  })
  const contestant = (name: string, code: string) => ({ name, url: urlOf(code), pid: child.pid, authorization })
  return {
    store,
    contestants: [contestant(withoutEvidence(store), 'plain'), contestant(withEvidence(store), 'evidence')],
    async groupSize() {
      const { groups: commits, rows } = await groups()
      return rows / commits
    },
    async stop() {
      await child.stop()
      await schema?.drop()
    },
  }
}

const counts = z.object({ groups: z.number(), rows: z.number() })

/** Nothing else of the database is touched. */
async function ownSchema(database: string) {
  const name = `bench_${process.pid}`
  const run = async (statement: string) => {
    const client = new Client({ connectionString: database })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create schema ${name}`)
  const url = new URL(database)
  url.searchParams.set('options', `-c search_path=${name}`)
  return { url: url.href, drop: () => run(`drop schema ${name} cascade`) }
}
