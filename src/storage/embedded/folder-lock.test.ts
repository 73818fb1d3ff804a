import assert from 'node:assert/strict'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createStore } from '../create-store.js'
import { problem } from '../trial/behaviour.js'
import { trialFolder } from '../trial/open-trial-store.js'
import { startHolder } from '../trial/start-holder.js'

const place = trialFolder()
after(() => rmSync(place, { recursive: true, force: true }))
const open = (folder: string) => createStore({ folder, now: Date.now })

test('a folder that another process uses is refused, naming the process and the way out', async () => {
  const folder = join(place, 'used')
  const holder = await startHolder(folder)
  while (holder.acknowledged.length < 20) await sleep(5)
  await assert.rejects(open(folder), (error) => {
    problem('storage/folder-in-use')(error)
    assert.match(String(error), new RegExp(`process ${holder.child.pid}\\b`))
    assert.match(String(error), /PORTIQUE_DATA/)
    return true
  })
  await holder.kill()
  assert.ok(existsSync(join(folder, 'portique.pid')), 'the killed process has left its traces')
  const store = await open(folder)
  const rows = await store.db.selectFrom('audit').select('id').execute()
  const found = new Set(rows.map((row) => row.id))
  assert.deepEqual(
    holder.acknowledged.filter((id) => !found.has(id)),
    [],
    'no acknowledged write is lost',
  )
  await store.close()
  assert.ok(!existsSync(join(folder, 'portique.pid')))
})

test('the same process cannot open it twice either, and can once it has closed', async () => {
  const folder = join(place, 'twice')
  const store = await open(folder)
  await assert.rejects(open(folder), problem('storage/folder-in-use'))
  await store.ping()
  await store.close()
  await (await open(folder)).close()
})

test('what is not a folder is refused', async () => {
  const file = join(place, 'file')
  writeFileSync(file, '')
  await assert.rejects(open(file), problem('storage/not-a-folder'))
  await assert.rejects(open(join(file, 'below')), problem('storage/not-a-folder'))
})

test('a file that is no store is refused as damaged, and left as it is', async () => {
  const folder = join(place, 'damaged')
  mkdirSync(folder)
  writeFileSync(join(folder, 'portique.sqlite'), 'this is no database, '.repeat(200))
  await assert.rejects(open(folder), problem('storage/damaged'))
  await assert.rejects(open(folder), problem('storage/damaged'), 'and the refusal leaves no lock behind')
})
