import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isProblem } from '#base'
import { tableEntries } from './export-format.js'
import { exportStore } from './export-store.js'
import { importStore } from './import-store.js'
import { schemaVersion } from './migrations/index.js'
import type { Store } from './store.js'
import { problem } from './trial/behaviour.js'
import { embeddedPlace, postgresPlace, type TrialPlace, trialFolder } from './trial/open-trial-store.js'
import { application, artifact, audit, usage } from './trial/rows.js'

const url = process.env.DATABASE_URL
const key = Buffer.alloc(32, 3)
const folder = trialFolder()
const places: TrialPlace[] = []
const file = (name: string) => join(folder, name)
let lines: string[] = []

async function emptyPlace(kind: Store['kind'] = 'sqlite'): Promise<TrialPlace> {
  const place = kind === 'sqlite' || url === undefined ? await embeddedPlace() : await postgresPlace(url)
  places.push(place)
  return place
}

before(async () => {
  const store = await (await emptyPlace()).open(key)
  await fill(store)
  assert.deepEqual(await exportStore(store, file('first')), { rows: 2_418 })
  await store.close()
  lines = readFileSync(file('first'), 'utf8').trimEnd().split('\n')
})

after(async () => {
  for (const place of places) await place.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function fill(store: Store): Promise<void> {
  const texts = ['é', "'", '"\\', '\u2028', '𝄞', '\n\r\t', '\u0001', '']
  await store.db
    .insertInto('application')
    .values(texts.map((text, index) => application(`cli_${text}${index}`, { name: text })))
    .execute()
  const credential = {
    application_id: 'cli_é0',
    kind: 'secret',
    value_hash: 'h',
    expires_at: null,
    revoked_at: 5,
    last_used_at: null,
  }
  await store.db
    .insertInto('credential')
    .values({ ...credential, id: 'cre_1', value_sealed: null, created_at: 1 })
    .execute()
  const subscription = {
    environment: 'sandbox',
    api_id: 'demo/echo/1',
    quotas: '[]',
    created_at: -1,
    ends_at: Number.MAX_SAFE_INTEGER,
  }
  await store.db
    .insertInto('subscription')
    .values({ ...subscription, application_id: 'cli_é0' })
    .execute()
  await store.db
    .insertInto('api_token')
    .values({
      ...{ id: 'jti', application_id: 'cli_é0', owner_id: 'uid', title: "L'été", habilitation_id: null },
      ...{ recipient: '13002526500013', scopes: '["a"]', rights: '[]', networks: '["::1"]', calls_per_minute: 60 },
      ...{ created_at: 1, expires_at: 2, blocked_at: null, replaced_by: null, last_used_at: 3 },
    })
    .execute()
  await store.db
    .insertInto('evidence')
    .values({
      ...{ id: 'evi_1', at: 1, request_id: 'r', application_id: 'cli_é0', token_mark: 'm', token_id: 'jti' },
      ...{ habilitation_id: 'h', person: 'p', recipient: null, fields: '["a[].é"]', api_id: 'demo/echo/1' },
      ...{ operation_id: null, environment: 'sandbox', method: 'GET', status: 200, refusal: null },
      ...{ previous_hash: null, hash: null },
    })
    .execute()
  const api = {
    platform: 'demo',
    code: 'echo',
    version: '1',
    document: `{"a":"${'x'.repeat(70_000)}"}`,
    settings: '{}',
    adapter: null,
    published_at: 1,
  }
  await store.db
    .insertInto('published_api')
    .values({ ...api, id: 'demo/echo/1' })
    .execute()
  await store.db
    .insertInto('oidc_artifact')
    .values(artifact('hash', { grant_id: 'g' }))
    .execute()
  await store.db
    .insertInto('audit')
    .values(Array.from({ length: 1_700 }, (_, index) => audit(`row-${index}`)))
    .execute()
  await store.db
    .insertInto('usage_minute')
    .values(Array.from({ length: 700 }, (_, index) => usage(index % 70, { status: 200 + index })))
    .execute()
  for (const topic of ['a', 'b', 'c'])
    await store.transaction((transaction) => store.feed.publish(transaction, { topic, key: 'k' }))
}

const sameFile = (one: string, other: string) =>
  assert.ok(readFileSync(file(one)).equals(readFileSync(file(other))), 'byte for byte the same')

test('an export is for its owner only, whole, and holds secrets sealed', () => {
  assert.equal(statSync(file('first')).mode & 0o777, 0o600)
  assert.equal(lines.length, 1 + 8 + 1 + 1 + 1 + 1 + 1 + 1 + 1_700 + 700 + 1 + 3 + 1)
  assert.ok(!existsSync(file('first.partial')))
})

const over =
  url === undefined
    ? 'PostgreSQL NOT tested, DATABASE_URL is not set: by way of another embedded store'
    : 'by way of PostgreSQL'
test(`there and back again is byte for byte the same (${over})`, async () => {
  const middlePlace = await emptyPlace('postgres')
  const middle = await middlePlace.open(key)
  assert.deepEqual(await importStore(middle, file('first')), { rows: 2_418 })
  await exportStore(middle, file('middle'))
  const told: unknown[] = []
  middle.feed.subscribe((change) => {
    // On PostgreSQL, what was imported may be read from the table and told too.
    if (change.key === 'import') told.push(change)
  })
  await middle.transaction((transaction) => middle.feed.publish(transaction, { topic: 'after', key: 'import' }))
  assert.deepEqual(told, [{ topic: 'after', key: 'import' }], 'counting went on behind what was imported')
  const sequences = await middle.db.selectFrom('outbox').select('sequence').orderBy('sequence').execute()
  assert.deepEqual(
    sequences.map((row) => row.sequence),
    [1, 2, 3, 4],
  )
  await middle.close()
  const last = await (await emptyPlace()).open(key)
  await importStore(last, file('middle'))
  await exportStore(last, file('last'))
  await last.close()
  sameFile('first', 'middle')
  sameFile('first', 'last')
  await (await middlePlace.open(key)).close()
})

test('every table and column of the store is exported, in the order of its primary key', async () => {
  const store = await (await emptyPlace()).open()
  const { rows } = await sql<{ table: string; column: string; place: number }>`
    select t.name as "table", c.name as "column", c.pk as place from pragma_table_list t, pragma_table_info(t.name) c
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'kysely_%'`.execute(
    store.db,
  )
  const tables = [...new Set(rows.map((row) => row.table))].sort()
  assert.deepEqual(tables, tableEntries.map(([table]) => table).sort())
  for (const [table, { columns, key: exportedKey }] of tableEntries) {
    const own = rows.filter((row) => row.table === table)
    assert.deepEqual(own.map((row) => row.column).sort(), [...columns].sort(), table)
    const primary = own.filter((row) => row.place > 0).sort((a, b) => a.place - b.place)
    assert.deepEqual(
      primary.map((row) => row.column),
      exportedKey,
      table,
    )
  }
  await store.close()
})

test('an export never replaces a file', async () => {
  const store = await (await emptyPlace()).open()
  await assert.rejects(exportStore(store, file('first')), problem('storage/export-refused'))
  await assert.rejects(exportStore(store, join(folder, 'nowhere', 'x')), problem('storage/export-refused'))
  await store.close()
  assert.equal(readFileSync(file('first'), 'utf8').trimEnd().split('\n').length, lines.length)
})

for (const kind of url === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const)) {
  test(`a damaged file is refused with its line, and nothing of it stays (${kind})`, async () => {
    const place = await emptyPlace(kind)
    const store = await place.open(key)
    const refused = async (
      name: string,
      changed: readonly string[],
      line: number | null,
      code = 'storage/export-refused',
    ) => {
      writeFileSync(file('spoiled'), changed.length === 0 ? '' : `${changed.join('\n')}\n`)
      await assert.rejects(importStore(store, file('spoiled')), (error) => {
        problem(code)(error)
        if (line !== null) assert.equal(isProblem(error) && error.detail.line, line, name)
        return true
      })
    }
    const at = (index: number, make: (line: string) => string) =>
      lines.map((line, each) => (each === index ? make(line) : line))
    const header = (more: object) => at(0, (line) => JSON.stringify({ ...JSON.parse(line), ...more }))
    await refused('empty', [], 0)
    await refused('no header', lines.slice(1), 1)
    await refused('other format', header({ format: 2 }), 1)
    await refused('newer schema', header({ schema: 50 }), null, 'storage/newer')
    await refused('no schema', header({ schema: null }), 1)
    const { columns } = JSON.parse(lines[0] ?? '')
    for (const [other, told] of [
      [{ ...columns, audit: ['id'], owner: ['id'] }, 'audit, owner'],
      [{ ...columns, evidence: undefined }, 'evidence'],
    ] as const) {
      await refused('other columns', header({ schema: schemaVersion - 1, columns: other }), 1)
      await assert.rejects(importStore(store, file('spoiled')), {
        message: new RegExp(`the columns of ${told} \\(schema ${schemaVersion - 1}\\)`),
      })
    }
    await refused(
      'no JSON',
      at(40, (line) => line.slice(0, -3)),
      41,
    )
    await refused(
      'unknown table',
      at(40, () => '["sqlite_schema","x"]'),
      41,
    )
    await refused(
      'a value too many',
      at(40, (line) => line.replace(/]$/, ',1]')),
      41,
    )
    await refused(
      'an object as a value',
      at(40, (line) => line.replace(/,[^,]*]$/, ',{}]')),
      41,
    )
    await refused(
      'a changed value',
      at(40, (line) => line.replace('cli_1', 'cli_2')),
      lines.length,
    )
    await refused('a line missing', lines.toSpliced(40, 1), lines.length - 1)
    await refused('a line twice', lines.toSpliced(40, 0, lines[40] ?? ''), null)
    await refused('cut between lines', lines.slice(0, 900), 900)
    await refused('cut before the trailer', lines.slice(0, -1), lines.length - 1)
    await refused('more after the end', [...lines, '["audit"]'], lines.length + 1)
    await refused(
      'a child without its parent',
      at(1, (line) => line.replace('cli_', 'clj_')),
      null,
    )
    await assert.rejects(importStore(store, file('missing')), {
      code: 'storage/export-refused',
      message: new RegExp(`\\(there is no file ${file('missing')}\\)$`),
    })
    writeFileSync(file(`older-${kind}`), summed(header({ schema: schemaVersion - 1 })))
    assert.deepEqual(await importStore(store, file(`older-${kind}`)), { rows: 2_418 }, 'older, of the same columns')
    await exportStore(store, file(`again-${kind}`))
    sameFile('first', `again-${kind}`)
    await assert.rejects(importStore(store, file('first')), problem('storage/not-empty'))
    await store.close()
  })
}

/** The lines of an export, with the sum that is theirs in the place of the last line's. */
function summed(changed: readonly string[]): string {
  const body = changed
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('')
  const sha256 = createHash('sha256').update(body).digest('base64url')
  return `${body}${JSON.stringify({ ...JSON.parse(changed.at(-1) ?? ''), sha256 })}\n`
}

test('a store with another key refuses what it could not open', async () => {
  const store = await (await emptyPlace()).open(Buffer.alloc(32, 4))
  await assert.rejects(importStore(store, file('first')), problem('storage/wrong-key'))
  assert.deepEqual(await store.db.selectFrom('audit').select('id').execute(), [])
  await store.close()
})
