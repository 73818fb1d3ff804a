import type { Dataset } from './dataset.js'
import type { AggregationDeclaration } from './operation-shape.js'
import type { RowSet } from './row-set.js'
import { jsonPiece, listOf, type Piece, render } from './template.js'

/** Counts the values of some fields over the rows found, most frequent first; values that none has are left out. */
export function createAggregations(declaration: AggregationDeclaration, dataset: Dataset) {
  const indexes = Object.entries(declaration.of).map(([name, field]) => [name, dataset.values([field])] as const)
  return (found: RowSet): readonly Piece[] =>
    listOf(
      indexes.map(([name, { values }]) => {
        const counted = counts(values, found).map(([value, count]) =>
          filled(declaration.value, { value: jsonPiece(value), count: jsonPiece(count) }),
        )
        return filled(declaration.entry, { name: jsonPiece(name), values: listOf(counted) })
      }),
    )
}

const filled = (
  template: AggregationDeclaration['entry'],
  pieces: Readonly<Record<string, readonly Piece[] | undefined>>,
) => render(template, (name) => pieces[name]) ?? []

function counts(values: ReadonlyMap<string, readonly number[]>, found: RowSet): readonly [string, number][] {
  return [...values]
    .map(([value, rows]): [string, number] => [value, countIn(rows, found)])
    .filter(([, count]) => count > 0)
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
}

function countIn(rows: readonly number[], found: RowSet): number {
  let count = 0
  for (const row of rows) if (found.has(row)) count++
  return count
}
