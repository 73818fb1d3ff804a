import { sql } from 'kysely'
import type { Store } from '#storage'
import type { Period } from './usage-sums.js'

export interface UsageStep {
  /** Start of the step, milliseconds since the epoch. */
  readonly from: number
  readonly status: number
  readonly calls: number
}

export interface UsageSeries {
  readonly period: Period
  /** Length of a step, e.g. 3 600 000 for hours; whole minutes. */
  readonly stepMilliseconds: number
  readonly applicationId?: string
  readonly apiId?: string
}

/** Calls by step and status, in order of time; steps without calls are left out. */
export async function usageOverTime(store: Store, series: UsageSeries): Promise<UsageStep[]> {
  const { period, stepMilliseconds, applicationId, apiId } = series
  const from = sql<number>`minute - minute % cast(${stepMilliseconds} as bigint)`
  let query = store.db
    .selectFrom('usage_minute')
    .where('minute', '>=', period.from)
    .where('minute', '<', period.until)
    .select([from.as('from'), 'status', sql<number>`cast(sum(calls) as bigint)`.as('calls')])
  if (applicationId !== undefined) query = query.where('application_id', '=', applicationId)
  if (apiId !== undefined) query = query.where('api_id', '=', apiId)
  const rows = await query
    .groupBy([sql.ref('from'), 'status'])
    .orderBy(sql.ref('from'))
    .orderBy('status')
    .execute()
  return rows.map((row) => ({ from: Number(row.from), status: Number(row.status), calls: Number(row.calls) }))
}
