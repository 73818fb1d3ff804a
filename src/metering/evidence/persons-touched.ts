import type { Store } from '#storage'
import type { EvidenceFilter } from './evidence-filter.js'
import { fieldsOf, matching } from './evidence-rows.js'

/** A person whose data left, by keyed hash. */
export interface PersonTouched {
  readonly person: string
  /** Calls that gave data of the person away. */
  readonly calls: number
  readonly firstAt: number
  readonly lastAt: number
  readonly apis: readonly string[]
  readonly fields: readonly string[]
}

/** Those whose data left, whoever was touched last first: calls that were refused, or gave nothing, touched nobody. */
export async function personsTouched(
  db: Pick<Store['db'], 'selectFrom'>,
  filter: EvidenceFilter,
): Promise<readonly PersonTouched[]> {
  const rows = await matching(db, filter)
    .select(['person', 'api_id', 'fields'])
    .select(({ fn }) => [fn.countAll<number>().as('calls'), fn.min('at').as('first_at'), fn.max('at').as('last_at')])
    .where('person', 'is not', null)
    .where('fields', 'is not', null)
    .where('fields', '<>', '[]')
    .groupBy(['person', 'api_id', 'fields'])
    .execute()
  return [...Map.groupBy(rows, (row) => row.person ?? '')]
    .map(([person, own]) => ({
      person,
      calls: own.reduce((sum, { calls }) => sum + Number(calls), 0),
      firstAt: Math.min(...own.map((row) => Number(row.first_at))),
      lastAt: Math.max(...own.map((row) => Number(row.last_at))),
      apis: [...new Set(own.map((row) => row.api_id))].sort(),
      fields: [...new Set(own.flatMap((row) => fieldsOf(row.fields) ?? []))].sort(),
    }))
    .sort((a, b) => b.lastAt - a.lastAt)
}
