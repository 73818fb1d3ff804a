import { createRowSet, type RowSet } from './row-set.js'

/** The rows whose value in a column is kept. */
export function rowsWhere(column: Float64Array, keeps: (value: number) => boolean): RowSet {
  const set = createRowSet(column.length)
  for (let row = 0; row < column.length; row++) if (keeps(column[row] ?? Number.NaN)) set.add(row)
  return set
}
