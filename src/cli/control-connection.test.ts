import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { isProblem } from '#base'
import { withControl } from './control-connection.js'
import { readSettings } from './settings.js'

test('a command whose folder is held waits for its turn, and says so where none comes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'portique-held-'))
  const owner = new DatabaseSync(join(folder, 'portique.lock'))
  t.after(() => {
    if (owner.isOpen) owner.close()
    rmSync(folder, { recursive: true })
  })
  owner.exec('begin exclusive')
  const settings = readSettings({ PORTIQUE_DATA: folder })
  const list = (patienceMilliseconds?: number) =>
    withControl(settings, (call) => call('GET', '/control/applications'), patienceMilliseconds)
  await assert.rejects(list(0), (error) => {
    assert.ok(isProblem(error) && error.code === 'storage/folder-in-use')
    assert.match(error.text.en, /stop it, .*has not taken the command for 0 s: if it is still starting .* try again/)
    return true
  })
  const listing = list()
  setTimeout(() => owner.close(), 100)
  assert.deepEqual(await listing, [])
})
