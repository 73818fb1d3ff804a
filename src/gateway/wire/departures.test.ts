import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Departure, Departures } from './departures.js'

const told: string[] = []
const named = (name: string, more: () => void = () => {}): Departure => ({
  depart() {
    told.push(`${name} departs`)
    more()
  },
  departed: () => void told.push(`${name} departed`),
})

test('what one turn made ready leaves at its end, all of it before anybody is told', async () => {
  told.length = 0
  const departures = new Departures()
  departures.add(named('a'))
  await Promise.resolve()
  departures.add({ depart: () => void told.push('b departs') })
  departures.add(named('c'))
  assert.deepEqual(told, [])
  await nextTurn()
  assert.deepEqual(told, ['a departs', 'b departs', 'c departs', 'a departed', 'c departed'])
})

test('what is made ready while others leave goes with the next turn', async () => {
  told.length = 0
  const departures = new Departures()
  departures.add(named('a', () => departures.add(named('b'))))
  await nextTurn()
  assert.deepEqual(told, ['a departs', 'a departed'])
  await nextTurn()
  assert.deepEqual(told.slice(2), ['b departs', 'b departed'])
})
