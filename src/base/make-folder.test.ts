import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeFolder } from './make-folder.js'

const place = mkdtempSync(join(tmpdir(), 'portique-folder-'))
after(() => rmSync(place, { recursive: true }))

test('makes what lacks, and says where it began', () => {
  const folder = join(place, 'a', 'b', 'c')
  assert.equal(makeFolder(folder), join(place, 'a'))
  assert.ok(statSync(folder).isDirectory())
  assert.equal(makeFolder(folder), undefined)
})

test('for its owner alone', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(makeFolder(join(place, 'own')) ?? '').mode & 0o777, 0o700)
})

test('below a file there is no room', () => {
  writeFileSync(join(place, 'file'), '')
  assert.throws(() => makeFolder(join(place, 'file', 'below')), { code: 'ENOTDIR' })
})

test('below a folder that takes none, it says so', { skip: process.platform !== 'linux' }, () => {
  assert.throws(() => makeFolder('/proc/portique/data'), { code: 'ENOENT' })
})
