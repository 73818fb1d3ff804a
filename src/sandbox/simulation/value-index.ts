import type { Json } from '#contract'
import { type FieldPath, fieldReader } from './field.js'
import { createRowSet, type RowSet } from './row-set.js'

/** Which rows carry a value in any of some fields; built once. */
export interface ValueIndex {
  equal(values: readonly string[]): RowSet
  startingWith(prefixes: readonly string[]): RowSet
  /** Rows with no value at all. */
  absent(): RowSet
  readonly values: ReadonlyMap<string, readonly number[]>
}

export function createValueIndex(rows: readonly Json[], fields: readonly FieldPath[]): ValueIndex {
  const values = new Map<string, number[]>()
  const without: number[] = []
  const readers = fields.map(fieldReader)
  rows.forEach((row, number) => {
    let some = false
    for (const read of readers)
      for (const value of read(row)) {
        some = true
        const list = listOf(values, String(value))
        // Rows come in order, so a row that is there already is the last one.
        if (list.at(-1) !== number) list.push(number)
      }
    if (!some) without.push(number)
  })
  const union = (lists: Iterable<readonly number[]>) => {
    const set = createRowSet(rows.length)
    for (const list of lists) for (const row of list) set.add(row)
    return set
  }
  return {
    values,
    equal: (wanted) => union(wanted.map((value) => values.get(value) ?? [])),
    startingWith: (prefixes) =>
      union([...values].filter(([value]) => prefixes.some((prefix) => value.startsWith(prefix))).map(([, own]) => own)),
    absent: () => union([without]),
  }
}

function listOf(map: Map<string, number[]>, key: string): number[] {
  const known = map.get(key)
  if (known !== undefined) return known
  const fresh: number[] = []
  map.set(key, fresh)
  return fresh
}
