import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Place, StoreKind } from '../start/place.js'
import type { Portique } from '../start/portique.js'

/** A place where something may have been written down, and its bytes. */
export type Written = readonly [string, Buffer]

/** They hold secrets because that is what they are for, or are what the test itself wrote; all are 0600. */
const keepers = ['dev.json', 'secret.key', 'secrets.json', 'lieux.yaml']

/** Log, metrics, every file of the data folder, and every row of the store; of a process that has ended. */
export async function everythingWritten(
  portique: Pick<Portique, 'place' | 'stderr'>,
  kind: StoreKind,
  metrics: string,
): Promise<readonly Written[]> {
  const { place } = portique
  return [
    ['the log', Buffer.from(portique.stderr())],
    ['the metrics', Buffer.from(metrics)],
    ...filesOf(place.folder),
    ...(kind.databaseUrl === null ? [] : [['PostgreSQL', await everyRow(place)] as const]),
  ]
}

/** Fails where one of the words stands in any of its forms. */
export function assertNowhere(written: readonly Written[], words: readonly string[]): void {
  for (const [name, bytes] of written)
    for (const canary of words)
      for (const form of formsOf(canary))
        assert.ok(!bytes.includes(form), `${name} holds ${canary} as ${JSON.stringify(form)}`)
}

function filesOf(folder: string): readonly (readonly [string, Buffer])[] {
  const names = readdirSync(folder).filter((name) => !keepers.includes(name))
  assert.ok(names.includes('access.log'))
  return names
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name))] as const)
}

async function everyRow(place: Place): Promise<Buffer> {
  const tables = await place.rows('select tablename from pg_tables where schemaname = current_schema()')
  assert.ok(tables.length > 5)
  const rows = await Promise.all(tables.map(({ tablename }) => place.rows(`select * from "${tablename}"`)))
  return Buffer.from(JSON.stringify(rows))
}

/** As it is, and as it may have been written down. */
function formsOf(canary: string): readonly (string | Buffer)[] {
  const bytes = Buffer.from(canary)
  const escaped = JSON.stringify(canary).replaceAll(
    /[^\x20-\x7e]/g,
    (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
  )
  return [
    ...new Set([
      ...[canary, encodeURIComponent(canary), escaped.slice(1, -1)],
      ...[bytes.toString('hex'), bytes.toString('base64').replaceAll('=', ''), bytes.toString('base64url')],
    ]),
  ]
}
