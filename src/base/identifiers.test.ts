import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { randomIdentifiers } from './identifiers.js'

describe('ordered identifiers', () => {
  it('are in the order of their milliseconds, as text', () => {
    const moments = [0, 1, 15, 16, 255, 1_790_000_000_123, 1_790_000_000_124, 2 ** 47]
    const ids = moments.map((at) => randomIdentifiers.ordered('evi', at))
    assert.deepEqual(ids.toSorted(), ids)
    for (const id of ids) assert.match(id, /^evi_[0-9a-f]{32}$/)
  })

  it('differ within one millisecond, over many blocks of random bits', () => {
    const ids = Array.from({ length: 2000 }, () => randomIdentifiers.ordered('evi', 1_790_000_000_123))
    assert.equal(new Set(ids).size, ids.length)
    assert.equal(new Set(ids.map((id) => id.slice(-20, -10))).size, ids.length, 'the first half of the random bits')
    assert.equal(new Set(ids.map((id) => id.slice(-10))).size, ids.length, 'the second half')
  })
})
