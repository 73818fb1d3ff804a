import type { Filter, FilterContext, FilterOf } from './filter-context.js'
import { createRowSet } from './row-set.js'
import { rowsWhere } from './rows-where.js'

/** Rows whose number or instant is the value or beyond it. */
export function boundFilter(
  declaration: FilterOf<'atLeast'> | FilterOf<'atMost'>,
  { dataset, parameter }: FilterContext,
): Filter {
  const kind = parameter.type === 'instant' || parameter.type === 'date' ? 'instant' : 'number'
  const column = dataset.numbers(declaration.field, kind)
  const { factor } = declaration
  // A date as an upper bound means the whole of its day.
  const slack = parameter.type === 'date' && declaration.by === 'atMost' ? 86_399_999 : 0
  return (value, all) => {
    const chosen = factor === undefined ? undefined : factorOf(factor.values, all.get(factor.parameter)?.texts[0] ?? '')
    const limit = value.number * (chosen ?? 1) + slack
    const fits = declaration.by === 'atLeast' ? (found: number) => found >= limit : (found: number) => found <= limit
    return rowsWhere(column, (found) => (Number.isNaN(found) ? declaration.absent === 'keep' : fits(found)))
  }
}

/** Rows whose instant is at most so many days before now. */
export function lastDaysFilter(declaration: FilterOf<'lastDays'>, { dataset, clock }: FilterContext): Filter {
  const column = dataset.numbers(declaration.field, 'instant')
  return (value) => {
    const since = clock() - value.number * 86_400_000
    return rowsWhere(column, (found) => found >= since)
  }
}

/** Rows with the greatest value of the dataset. */
export function latestFilter({ field }: FilterOf<'latest'>, { dataset }: FilterContext): Filter {
  const index = dataset.values([field])
  const greatest = [...index.values.keys()].sort().slice(-1)
  return (value) => (value.texts[0] === 'true' ? index.equal(greatest) : createRowSet(dataset.rows.length, true))
}

const factorOf = (values: Readonly<Record<string, number>>, key: string): number | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined
