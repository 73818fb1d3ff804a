import type { Store } from '#storage'
import { type Period, usageSums } from './usage-sums.js'

export interface ApiUsage {
  readonly apiId: string
  readonly environment: string
  readonly calls: number
  /** Answers with a status of 400 and above. */
  readonly failed: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly meanMilliseconds: number
}

/** Which APIs an application called in a period, most calls first. */
export async function usageByApi(store: Store, applicationId: string, period: Period): Promise<ApiUsage[]> {
  const rows = await usageSums(store, period)
    .select(['api_id', 'environment'])
    .where('application_id', '=', applicationId)
    .groupBy(['api_id', 'environment'])
    .orderBy('calls', 'desc')
    .orderBy('api_id')
    .orderBy('environment')
    .execute()
  return rows.map(({ api_id, ...sums }) => ({ apiId: api_id, ...sums }))
}
