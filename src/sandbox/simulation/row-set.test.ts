import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { createRowSet, type RowSet } from './row-set.js'

const members = (set: RowSet, size: number) =>
  Array.from({ length: size }, (_, row) => row).filter((row) => set.has(row))

it('is a set of numbers, whatever the size', () => {
  const sizes = fc.integer({ min: 1, max: 200 })
  const property = fc.property(sizes, fc.array(fc.nat(199)), fc.array(fc.nat(199)), (size, one, other) => {
    const build = (rows: readonly number[]) => {
      const set = createRowSet(size)
      for (const row of rows) if (row < size) set.add(row)
      return set
    }
    const both = build(one)
    both.keep(build(other))
    const either = build(one)
    either.join(build(other))
    const rest = build(one)
    rest.invert()
    const inside = (rows: readonly number[], row: number) => rows.includes(row)
    const all = Array.from({ length: size }, (_, row) => row)
    assert.deepEqual(
      members(both, size),
      all.filter((row) => inside(one, row) && inside(other, row)),
    )
    assert.deepEqual(
      members(either, size),
      all.filter((row) => inside(one, row) || inside(other, row)),
    )
    assert.deepEqual(
      members(rest, size),
      all.filter((row) => !inside(one, row)),
    )
    assert.equal(rest.count() + build(one).count(), size)
    assert.equal(createRowSet(size, true).count(), size)
  })
  fc.assert(property, { numRuns: 60 })
})
