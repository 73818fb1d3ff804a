import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { problem } from '../trial/behaviour.js'
import { trialFolder } from '../trial/open-trial-store.js'
import { createEmbeddedStore } from './create-embedded-store.js'
import { refuseUnsafeSqlite } from './open-database.js'

test('an SQLite before 3.51.3 is refused, naming both versions', () => {
  for (const version of ['3.51.2', '3.50.9', '3.9.0', '2.99.99', '']) {
    assert.throws(() => refuseUnsafeSqlite(version), problem('storage/unsafe-sqlite'), version)
  }
  assert.throws(() => refuseUnsafeSqlite('3.40.1'), /3\.40\.1.*3\.51\.3/)
})

test('no store is opened with it, and nothing is made in its folder', async () => {
  const folder = trialFolder()
  const opening = createEmbeddedStore({ folder, now: Date.now }, { sqliteVersion: '3.51.2' })
  await assert.rejects(opening, problem('storage/unsafe-sqlite'))
  assert.deepEqual(readdirSync(folder), [])
})

test('3.51.3, later ones and the one at hand are accepted', () => {
  for (const version of ['3.51.3', '3.53.0', '4.0.0']) refuseUnsafeSqlite(version)
  refuseUnsafeSqlite()
})
