import type { Dataset } from './dataset.js'
import { compileFilter } from './filter.js'
import type { Filter, Marks } from './filter-context.js'
import type { OperationContext } from './operation-context.js'
import type { CollectionDeclaration } from './operation-shape.js'
import type { ParameterValues } from './parameter-reader.js'
import { createRowSet, type RowSet } from './row-set.js'

export interface Found {
  readonly rows: RowSet
  readonly marks: Marks
}

export interface Search {
  find(values: ParameterValues): Promise<Found>
  /** Compiles all filters, one after another. */
  warm(): Promise<void>
}

/** The rows that all filters keep; filters of one group are joined by OR first. Each is compiled for the first call that needs it. */
export function createSearch(declaration: CollectionDeclaration, dataset: Dataset, context: OperationContext): Search {
  const groups = new Map<string, [string, () => Promise<Filter>][]>()
  for (const [name, parameter] of Object.entries(declaration.parameters)) {
    const { filter: declared } = parameter
    if (declared === undefined) continue
    const filter = once(async () => compileFilter(declared, { ...context, dataset, parameter }))
    const key = parameter.group === undefined ? `parameter ${name}` : `group ${parameter.group}`
    groups.set(key, [...(groups.get(key) ?? []), [name, filter]])
  }
  const size = dataset.rows.length
  const searched = createRowSet(size, true)
  for (const [field, value] of Object.entries(declaration.only)) searched.keep(dataset.values([field]).equal([value]))
  const find = async (values: ParameterValues) => {
    const rows = createRowSet(size)
    rows.join(searched)
    const marks: Marks = { relevance: null, distance: null }
    for (const group of groups.values()) {
      const sets: RowSet[] = []
      for (const [name, filter] of group) {
        const value = values.get(name)
        if (value !== undefined) sets.push((await filter())(value, values, marks))
      }
      if (sets.length > 0) rows.keep(union(size, sets))
    }
    return { rows, marks }
  }
  return {
    find,
    async warm() {
      for (const [, filter] of [...groups.values()].flat()) {
        await context.pause()
        await filter()
      }
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function union(size: number, sets: readonly RowSet[]): RowSet {
  const joined = createRowSet(size)
  for (const set of sets) joined.join(set)
  return joined
}
