import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '#base'
import { createFrontRefusals } from './front-refusals.js'

test('all refusals are counted, and of a flood so many leave a line as are allowed in a second', () => {
  const lines: string[] = []
  const log = createLog({ clock: () => 0, level: 'info', write: (line) => void lines.push(line) })
  let now = 0
  const refusals = createFrontRefusals({ log, now: () => now, linesPerSecond: 2 })
  const note = (code: string) => refusals.note({ requestId: 'r', code, address: '192.0.2.1' })
  for (const code of ['request/host', 'request/host', 'request/malformed', 'request/host']) note(code)
  assert.equal(lines.length, 2)
  now = 1_000
  note('request/host')
  assert.deepEqual(
    lines.slice(2).map((line) => JSON.parse(line)),
    [
      { time: '1970-01-01T00:00:00.000Z', level: 'info', event: 'front/refused-more', count: 2 },
      ...[{ time: '1970-01-01T00:00:00.000Z', level: 'info', event: 'front/refused' }].map((line) => ({
        ...line,
        ...{ requestId: 'r', code: 'request/host', address: '192.0.2.1' },
      })),
    ],
  )
  assert.deepEqual(refusals.counts(), { 'request/host': 4, 'request/malformed': 1 })
})
