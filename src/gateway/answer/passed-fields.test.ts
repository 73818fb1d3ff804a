import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPassedFields } from './passed-fields.js'

test('one list is looked at once; an equal one, or one among many, gives the same fields', () => {
  const passed = createPassedFields()
  const lists = Array.from({ length: 20 }, (_, index) => [
    'Server',
    'x',
    'X-Index',
    String(index),
    'Content-Length',
    '3',
  ])
  for (const list of [...lists, ...lists]) {
    const block = passed(list)
    assert.deepEqual(block.fields, list.slice(2))
    assert.equal(block.text, `X-Index: ${list[3]}\r\nContent-Length: 3\r\n`)
    assert.equal(block.length, 3)
    assert.equal(passed(list), block)
    assert.notEqual(passed([...list]), block)
  }
})

test('a field that would end its line is refused', () => {
  const passed = createPassedFields()
  const unsound = ['X-A', 'b\r\nSet-Cookie: c=d']
  for (const _ of [1, 2]) assert.throws(() => passed(unsound), /unsound answer field: X-A/)
  assert.throws(() => passed(['X A', 'b']), TypeError)
  assert.throws(() => passed(['X-A', 'caf\u0100']), TypeError)
})
