import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { runCommand, runCommandProcess } from '../start/command.js'
import { createPlace, type Place, type StoreKind, storeKinds } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { mountSmallDisk } from '../start/small-disk.js'
import { askToken, demoApplication, tokenPaths } from '../start/tokens.js'

const [embedded] = storeKinds
assert.ok(embedded)

/** A place that a process has used and left. */
async function usedPlace(t: TestContext, kind: StoreKind): Promise<Place> {
  const place = await createPlace(kind)
  t.after(() => place.drop())
  const { code, stderr } = await runCommand(place, ['application', 'create', 'Première', '--platform', 'demo'])
  assert.equal(code, 0, stderr)
  return place
}

/** Starting and commanding alike end with 1 and this text, and no stack. */
async function refused(place: Pick<Place, 'environment'>, said: RegExp, more: Record<string, string> = {}) {
  const results = [await runCommand(place, ['dev'], more), await runCommand(place, ['application', 'list'], more)]
  for (const { code, stdout, stderr } of results) {
    assert.deepEqual([code, stdout], [1, ''], stderr)
    assert.match(stderr, said)
    assert.doesNotMatch(stderr, /\n +at /)
  }
}

for (const kind of storeKinds)
  describe(`a data folder that cannot serve, on the ${kind.name}`, () => {
    test('another secret key', async (t) => {
      const place = await usedPlace(t, kind)
      const more = { PORTIQUE_SECRET_KEY: randomBytes(32).toString('base64url') }
      await refused(place, /sealed with another key: give the same PORTIQUE_SECRET_KEY/, more)
    })

    test('a store of a newer version', async (t) => {
      const place = await usedPlace(t, kind)
      await execute(place, kind, "insert into kysely_migration (name, timestamp) values ('9999-later', '2099')")
      await refused(place, /comes from a newer version of Portique/)
    })
  })

describe('a data folder that cannot serve', () => {
  test('a folder or a port in use by another process: the first goes on', async (t) => {
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const starting = startPortique(place)
    t.after(async () => (await starting).end('SIGKILL'))
    while (!existsSync(join(place.folder, 'portique.pid'))) await sleep(5)
    const early = await runCommand(place, ['application', 'list'])
    assert.equal(early.code, 0, `a command waits for the process that starts: ${early.stderr}`)
    assert.match(early.stdout, /Demo/)
    const first = await starting
    const second = await runCommandProcess(place, ['dev'])
    assert.deepEqual([second.code, second.stdout], [1, ''])
    assert.match(second.stderr, /Another process uses this data folder: stop it, or give another PORTIQUE_DATA/)
    assert.equal((await fetch(`${first.url}/readyz`)).status, 200)
    const { code, stdout } = await runCommand(place, ['application', 'list'])
    assert.equal(code, 0)
    assert.match(stdout, /Demo/)
    const elsewhere = await createPlace(embedded)
    t.after(() => elsewhere.drop())
    const taken = await runCommandProcess(elsewhere, ['dev'], { PORT: String(first.port) })
    assert.deepEqual([taken.code, taken.stdout], [1, ''])
    assert.match(taken.stderr, /Cannot listen on 127\.0\.0\.1:\d+ .*choose another port with PORT=/)
    const open = await runCommand(elsewhere, ['dev'], { PORTIQUE_HOST: '0.0.0.0' })
    assert.equal(open.code, 1)
    assert.match(open.stderr, /PORTIQUE_HOST=0\.0\.0\.0 refused: .*this machine alone/)
  })

  test('a file where the folder should be', async (t) => {
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const file = join(place.folder, 'a-file')
    writeFileSync(file, '')
    await refused({ environment: { ...place.environment, PORTIQUE_DATA: file } }, /is not a folder/)
    if (process.platform === 'linux')
      await refused({ environment: { ...place.environment, PORTIQUE_DATA: '/proc/portique' } }, /cannot be written to/)
    const below = { environment: { ...place.environment, PORTIQUE_DATA: join(file, 'below') } }
    await refused(below, /is not a folder/)
  })

  test('a store that is damaged', async (t) => {
    const place = await usedPlace(t, embedded)
    writeFileSync(join(place.folder, 'portique.sqlite'), 'x'.repeat(8192))
    await refused(place, /is damaged: restore a backup/)
  })

  test('a secret key that is damaged', async (t) => {
    const place = await usedPlace(t, embedded)
    chmodSync(join(place.folder, 'secret.key'), 0o600)
    writeFileSync(join(place.folder, 'secret.key'), 'half')
    await refused(place, /The key in .*secret\.key is damaged: put it back from a copy/)
  })

  test('read-only', async (t) => {
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const folder = mountSmallDisk(t)
    if (folder === null) return
    const here = { environment: { ...place.environment, PORTIQUE_DATA: folder } }
    execFileSync('mount', ['-o', 'remount,ro', folder])
    await refused(here, /cannot be written to: mend its permissions, or give another PORTIQUE_DATA/)
  })

  test('full: what writes is refused for now, what reads goes on, and all recovers without a restart', async (t) => {
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const folder = mountSmallDisk(t)
    if (folder === null) return
    const here: Place = { ...place, folder, environment: { ...place.environment, PORTIQUE_DATA: folder } }
    const portique = await startPortique(here)
    t.after(() => portique.end('SIGKILL'))
    fill(folder)
    const refusedToken = await tokenUntil(portique, 503)
    assert.equal(refusedToken.headers.get('retry-after'), '1')
    const created = await runCommand(here, ['application', 'create', 'x', '--platform', 'demo'])
    assert.equal(created.code, 1)
    assert.match(created.stderr, /The storage is full: writes are refused until space returns/)
    assert.match((await runCommand(here, ['application', 'list'])).stdout, /Demo/)
    writeFileSync(join(folder, 'ballast'), '')
    await tokenUntil(portique, 200)
    assert.deepEqual(await portique.end('SIGTERM'), { code: 0, signal: null })
  })

  test('full from the first', async (t) => {
    const place = await createPlace(embedded)
    t.after(() => place.drop())
    const folder = mountSmallDisk(t)
    if (folder === null) return
    fill(folder)
    await refused({ environment: { ...place.environment, PORTIQUE_DATA: folder } }, /is full/i)
  })
})

function fill(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize))
}

/** The pages that the log holds already take some writes. */
async function tokenUntil(portique: Portique, status: number): Promise<Response> {
  for (let tries = 0; tries < 2000; tries++) {
    const answer = await askToken(portique.url + tokenPaths.demo, demoApplication(portique, 'demo'), 'annuaire')
    await answer.text()
    if (answer.status === status) return answer
  }
  return assert.fail(`never ${status}`)
}

async function execute(place: Place, { databaseUrl }: StoreKind, statement: string): Promise<void> {
  if (databaseUrl === null) {
    const file = join(place.folder, 'portique.sqlite')
    assert.ok(existsSync(file) && readFileSync(file).length > 0)
    const database = new DatabaseSync(file)
    database.exec(statement)
    return database.close()
  }
  const client = new pg.Client({ connectionString: place.environment.DATABASE_URL })
  await client.connect()
  await client.query(statement)
  await client.end()
}
