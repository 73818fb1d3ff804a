import type { Dataset } from './dataset.js'
import { fieldReader } from './field.js'
import type { Marks } from './filter-context.js'
import type { RowSet } from './row-set.js'

/** Row numbers of a set in the order that its keys ask for: `$relevance`, `$distance`, `field`, `-field`. */
export type Order = (rows: RowSet, marks: Marks) => Uint32Array

export function createOrder(dataset: Dataset, keys: readonly string[]): Order {
  const columns = new Map(keys.filter((key) => !key.startsWith('$')).map((key) => [key, ranks(dataset, key)]))
  const permutation = sorted(
    Uint32Array.from(dataset.rows, (_row, number) => number),
    [...columns.values()],
  )
  return (rows, marks) => {
    const found = permutation.filter((row) => rows.has(row))
    if (marks.relevance === null && marks.distance === null) return found
    const active = keys.map((key) => columns.get(key) ?? measured(key, marks)).filter((column) => column !== null)
    return sorted(found, active)
  }
}

function measured(key: string, marks: Marks): Float64Array | null {
  if (key === '$distance')
    return marks.distance?.map((value) => (Number.isNaN(value) ? Number.MAX_VALUE : value)) ?? null
  return marks.relevance?.map((value) => -value) ?? null
}

/** Rows by ascending columns; equal rows by their number. */
function sorted(rows: Uint32Array, columns: readonly Float64Array[]): Uint32Array {
  if (columns.length === 0) return rows.sort()
  return rows.sort((one, other) => {
    for (const column of columns) {
      const difference = (column[one] ?? 0) - (column[other] ?? 0)
      if (difference !== 0) return difference
    }
    return one - other
  })
}

/** The rank of each row's value; rows without one come last either way. */
function ranks(dataset: Dataset, key: string): Float64Array {
  const descending = key.startsWith('-')
  const read = fieldReader(descending ? key.slice(1) : key)
  const values = dataset.rows.map((row) => read(row)[0])
  const distinct = [...new Set(values.filter((value) => value !== undefined))].sort(compare)
  const rank = new Map(distinct.map((value, index) => [value, descending ? -index : index]))
  return Float64Array.from(values, (value) => (value === undefined ? undefined : rank.get(value)) ?? Number.MAX_VALUE)
}

function compare(one: string | number | boolean, other: string | number | boolean): number {
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : one > other ? 1 : 0
  return Number(one) - Number(other)
}
