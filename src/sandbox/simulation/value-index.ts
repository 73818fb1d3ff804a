import type { Json } from '#contract'
import { type FieldPath, fieldValues } from './field.js'
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
  rows.forEach((row, number) => {
    const own = new Set(fields.flatMap((field) => fieldValues(row, field)).map(String))
    if (own.size === 0) without.push(number)
    for (const value of own) listOf(values, value).push(number)
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
