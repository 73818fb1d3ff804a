import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { keepCompiled } from './compile-cache.js'

const place = mkdtempSync(join(tmpdir(), 'portique-compiled-'))
after(() => rmSync(place, { recursive: true }))

test('a folder that others may write to is not used', { skip: process.platform === 'win32' }, () => {
  for (const mode of [0o720, 0o702, 0o777]) {
    chmodSync(place, mode)
    assert.equal(keepCompiled(place), false, mode.toString(8))
  }
  chmodSync(place, 0o700)
  assert.deepEqual(readdirSync(place), [])
})

test('where no folder can be made, it goes on without', () => {
  writeFileSync(join(place, 'file'), '')
  assert.equal(keepCompiled(join(place, 'file', 'below')), false)
})

test('it makes one for its owner alone, whatever the umask', { skip: process.platform === 'win32' }, () => {
  const before = process.umask(0)
  try {
    assert.equal(keepCompiled(join(place, 'made')), true)
  } finally {
    process.umask(before)
  }
  assert.equal(statSync(join(place, 'made')).mode & 0o777, 0o700)
  assert.ok(readdirSync(join(place, 'made')).length > 0, 'and it is used')
})
