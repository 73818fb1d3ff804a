import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLog } from '#base'
import { readableByOthers, warnOfReadable } from './readable-by-others.js'
import { readSettings } from './settings.js'

test('a file of secrets that others can read is told, with what to do', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'portique-modes-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secrets.json')
  writeFileSync(file, '{"a":"very-secret"}')
  const linesAt = (mode: number) => {
    chmodSync(file, mode)
    const lines: string[] = []
    const log = createLog({ clock: () => 0, level: 'info', write: (line) => void lines.push(line) })
    const settings = readSettings({ PORTIQUE_UPSTREAMS: file, PORTIQUE_TLS_KEY: join(folder, 'none.pem') })
    warnOfReadable(settings, log)
    assert.equal(readableByOthers(settings).length, lines.length)
    return lines
  }
  assert.deepEqual(linesAt(0o600), [])
  assert.deepEqual(linesAt(0o400), [])
  for (const mode of [0o640, 0o604, 0o620, 0o644]) {
    const [line = '', ...more] = linesAt(mode)
    assert.match(line, /"level":"warn"/)
    assert.ok(line.includes('"setting":"PORTIQUE_UPSTREAMS"') && line.includes(`chmod 600 ${file}`), line)
    assert.ok(!line.includes('very-secret'))
    assert.deepEqual(more, [])
  }
})
