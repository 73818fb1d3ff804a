import type { Json } from '#contract'
import { type FieldPath, fieldReader } from './field.js'
import { words } from './normalise.js'
import type { Pause } from './pause.js'
import { createRowSet, type RowSet } from './row-set.js'

/** Words of some text fields; a searched word is found where a word of the row begins with it. */
export interface WordIndex {
  /** Rows that hold every word; each word found adds the weight of its best field to `scores`. */
  all(searched: readonly string[], scores: Float64Array): RowSet
  /** The same for rows that hold at least one. */
  any(searched: readonly string[], scores: Float64Array): RowSet
}

interface Posting {
  readonly rows: number[]
  readonly weights: number[]
}

/** `fields` gives each field its weight. */
export async function createWordIndex(
  rows: readonly Json[],
  fields: Readonly<Record<FieldPath, number>>,
  pause: Pause,
): Promise<WordIndex> {
  const postings = new Map<string, Posting>()
  const readers = Object.entries(fields).map(([field, weight]) => ({ read: fieldReader(field), weight }))
  for (const [number, row] of rows.entries()) {
    if (number % 16 === 0) await pause()
    for (const { read, weight } of readers)
      for (const value of read(row)) for (const word of words(String(value))) note(postings, word, { number, weight })
  }
  const sorted = [...postings.keys()].sort()
  const size = rows.length
  const found = (word: string, scores: Float64Array) => find(beginning(sorted, word), { postings, scores, size })
  return {
    any(searched, scores) {
      const kept = createRowSet(size)
      for (const word of searched) kept.join(found(word, scores))
      return kept
    },
    all(searched, scores) {
      const kept = createRowSet(size, true)
      for (const word of searched) kept.keep(found(word, scores))
      return kept
    },
  }
}

interface Search {
  readonly postings: ReadonlyMap<string, Posting>
  readonly scores: Float64Array
  readonly size: number
}

function find(known: readonly string[], { postings, scores, size }: Search): RowSet {
  const set = createRowSet(size)
  const best = new Float64Array(size)
  for (const word of known) {
    const { rows, weights } = postings.get(word) ?? { rows: [], weights: [] }
    rows.forEach((row, index) => {
      set.add(row)
      best[row] = Math.max(best[row] ?? 0, weights[index] ?? 0)
    })
  }
  for (let row = 0; row < size; row++) scores[row] = (scores[row] ?? 0) + (best[row] ?? 0)
  return set
}

/** Rows come in order, so a row already noted for a word is its last one. */
function note(postings: Map<string, Posting>, word: string, at: { number: number; weight: number }): void {
  const { rows, weights } = postings.get(word) ?? { rows: [], weights: [] }
  if (rows.length === 0) postings.set(word, { rows, weights })
  if (rows.at(-1) === at.number) weights[weights.length - 1] = Math.max(weights.at(-1) ?? 0, at.weight)
  else {
    rows.push(at.number)
    weights.push(at.weight)
  }
}

function beginning(sorted: readonly string[], prefix: string): readonly string[] {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  let end = low
  while (sorted[end]?.startsWith(prefix)) end++
  return sorted.slice(low, end)
}
