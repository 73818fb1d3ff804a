import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createLog } from './log.js'

it('a log line cannot be broken out of, nor steer a terminal', () => {
  const lines: string[] = []
  const log = createLog({ clock: () => 0, level: 'info', write: (line) => void lines.push(line) })
  const hostile = 'a"}\r\n{"forged":1}\u2028\u2029\u009b31m\u007f\u001b[0mé'
  log.info('tried', { value: hostile })
  const [line = ''] = lines
  assert.equal(JSON.parse(line).value, hostile)
  assert.equal(/[\p{Cc}\u2028\u2029]/u.test(line.slice(0, -1)), false)
})
