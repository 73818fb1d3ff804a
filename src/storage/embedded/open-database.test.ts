import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem } from '../trial/behaviour.js'
import { refuseUnsafeSqlite } from './open-database.js'

test('an SQLite before 3.51.3 is refused, naming both versions', () => {
  for (const version of ['3.51.2', '3.50.9', '3.9.0', '2.99.99', '']) {
    assert.throws(() => refuseUnsafeSqlite(version), problem('storage/unsafe-sqlite'), version)
  }
  assert.throws(() => refuseUnsafeSqlite('3.40.1'), /3\.40\.1.*3\.51\.3/)
})

test('3.51.3, later ones and the one at hand are accepted', () => {
  for (const version of ['3.51.3', '3.53.0', '4.0.0']) refuseUnsafeSqlite(version)
  refuseUnsafeSqlite()
})
