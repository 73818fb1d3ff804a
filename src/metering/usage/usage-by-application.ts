import type { Store } from '#storage'
import { type Period, usageSums } from './usage-sums.js'

export interface ApplicationUsage {
  readonly applicationId: string
  readonly calls: number
  /** Answers with a status of 400 and above. */
  readonly failed: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly meanMilliseconds: number
}

/** Who called an API in a period, most calls first; an empty identifier stands for callers that proved nothing. */
export async function usageByApplication(store: Store, apiId: string, period: Period): Promise<ApplicationUsage[]> {
  const rows = await usageSums(store, period)
    .select('application_id')
    .where('api_id', '=', apiId)
    .groupBy('application_id')
    .orderBy('calls', 'desc')
    .orderBy('application_id')
    .execute()
  return rows.map(({ application_id, ...sums }) => ({ applicationId: application_id, ...sums }))
}
