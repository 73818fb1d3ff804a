import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createStore } from '../create-store.js'
import type { Store } from '../store.js'
import { problem } from '../trial/behaviour.js'
import { trialFolder } from '../trial/open-trial-store.js'
import { audit } from '../trial/rows.js'
import { startHolder } from '../trial/start-holder.js'
import { restoreBackup } from './restore-backup.js'

const place = trialFolder()
const backup = join(place, 'backup.sqlite')
after(() => rmSync(place, { recursive: true, force: true }))

const open = (name: string) => createStore({ folder: join(place, name), now: Date.now })
const ids = async (store: Store) =>
  (await store.db.selectFrom('audit').select('id').orderBy('id').execute()).map((row) => row.id)

before(async () => {
  const store = await open('source')
  for (let part = 0; part < 6; part += 1) {
    const rows = Array.from({ length: 500 }, (_, index) => audit(`old-${part}-${index}`, { detail: 'x'.repeat(4_000) }))
    await store.db.insertInto('audit').values(rows).execute()
  }
  const copied = store.backup(backup)
  let going = true
  const writing = (async () => {
    for (let number = 0; going; number += 1)
      await store.db
        .insertInto('audit')
        .values(audit(`new-${number}`))
        .execute()
    return ids(store)
  })()
  await copied
  going = false
  assert.ok(
    (await writing).some((id) => id.startsWith('new-')),
    'the store was written to meanwhile',
  )
  await store.close()
})

test('a backup taken under writes is whole, for its owner only, and never replaces another', async () => {
  assert.equal(statSync(backup).mode & 0o777, 0o600)
  const database = new DatabaseSync(backup, { readOnly: true })
  assert.deepEqual({ ...database.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' })
  assert.deepEqual(
    { ...database.prepare("select count(*) as many from audit where id like 'old-%'").get() },
    { many: 3_000 },
  )
  const later = database.prepare("select id from audit where id like 'new-%'").all()
  assert.deepEqual(later, [], 'it is of the instant when it began: what is written meanwhile does not start it again')
  database.close()
  const store = await open('source')
  const former = readFileSync(backup)
  await assert.rejects(store.backup(backup), problem('storage/backup-refused'))
  await assert.rejects(store.backup(backup), /is there already and is never replaced: give another name/)
  assert.deepEqual(readFileSync(backup), former)
  await assert.rejects(store.backup(join(place, 'nowhere', 'backup')), problem('storage/backup-refused'))
  await assert.rejects(store.backup(join(place, 'nowhere', 'backup')), /The folder .*nowhere is not there: make it/)
  assert.throws(() => restoreBackup(place, join(place, 'none.sqlite')), /there is no file .*none\.sqlite/)
  await store.close()
})

test('a restored store is that of the backup; the former one stands aside, whole', async () => {
  const store = await open('target')
  await store.db.insertInto('audit').values(audit('former')).execute()
  assert.throws(() => restoreBackup(join(place, 'target'), backup), problem('storage/folder-in-use'))
  assert.deepEqual(await ids(store), ['former'])
  await store.close()
  const aside = restoreBackup(join(place, 'target'), backup)
  const restored = await open('target')
  assert.equal((await ids(restored)).filter((id) => id.startsWith('old-')).length, 3_000)
  await restored.close()
  assert.ok(aside !== null)
  const former = new DatabaseSync(aside)
  assert.deepEqual({ ...former.prepare('select id from audit').get() }, { id: 'former' })
  former.close()
  restoreBackup(join(place, 'target'), backup)
  assert.ok(existsSync(aside), 'a second restore keeps what the first one put aside')
})

test('into an empty folder too', async () => {
  assert.equal(restoreBackup(join(place, 'empty'), backup), null)
  const store = await open('empty')
  assert.ok((await ids(store)).length === 3_000)
  await store.close()
})

test('what is no backup is refused, and the store stays as it is', async () => {
  const folder = join(place, 'kept')
  const store = await open('kept')
  await store.db.insertInto('audit').values(audit('kept')).execute()
  await store.close()
  const spoiled = (name: string, spoil: (file: string) => void) => {
    const file = join(place, name)
    copyFileSync(backup, file)
    spoil(file)
    return file
  }
  const execute = (statement: string) => (file: string) => {
    const database = new DatabaseSync(file)
    database.exec(statement)
    database.close()
  }
  const cut = spoiled('cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 100_000)))
  const scratched = spoiled('scratched', (file) => {
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xff, 40_960, 400_960))
  })
  const foreign = spoiled('foreign', execute('drop table kysely_migration'))
  const newer = spoiled('newer', execute("insert into kysely_migration values ('0077-later', '2099')"))
  const live = spoiled('live', (file) => writeFileSync(`${file}-wal`, 'x'))
  const text = spoiled('text', (file) => writeFileSync(file, 'hello'))
  for (const file of [cut, scratched, foreign, live, text, join(place, 'missing')]) {
    assert.throws(() => restoreBackup(folder, file), problem('storage/backup-refused'), file)
  }
  assert.throws(() => restoreBackup(folder, newer), problem('storage/newer'))
  const same = await open('kept')
  assert.deepEqual(await ids(same), ['kept'])
  await same.close()
  assert.ok(!existsSync(join(folder, 'portique.sqlite.restoring')))
})

test('the log that a killed process left belongs to the former store, not to the restored one', async () => {
  const folder = join(place, 'killed')
  const holder = await startHolder(folder)
  while (holder.acknowledged.length < 20) await sleep(5)
  await holder.kill()
  assert.ok(statSync(join(folder, 'portique.sqlite-wal')).size > 0)
  const aside = restoreBackup(folder, backup)
  const restored = await open('killed')
  assert.deepEqual(
    (await ids(restored)).filter((id) => !id.startsWith('old-')),
    [],
  )
  await restored.close()
  const former = new DatabaseSync(aside ?? '')
  const kept = new Set(
    former
      .prepare('select id from audit')
      .all()
      .map((row) => row.id),
  )
  former.close()
  assert.deepEqual(
    holder.acknowledged.filter((id) => !kept.has(id)),
    [],
  )
})
