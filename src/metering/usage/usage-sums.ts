import { sql } from 'kysely'
import type { Store } from '#storage'

/** From and until (excluded), milliseconds since the epoch. */
export interface Period {
  readonly from: number
  readonly until: number
}

/** The sums that every reading of usage shows, over a period. */
export function usageSums(store: Store, { from, until }: Period) {
  return store.db
    .selectFrom('usage_minute')
    .where('minute', '>=', from)
    .where('minute', '<', until)
    .select([
      sql<number>`cast(sum(calls) as bigint)`.as('calls'),
      sql<number>`cast(sum(case when status >= 400 then calls else 0 end) as bigint)`.as('failed'),
      sql<number>`cast(sum(request_bytes) as bigint)`.as('requestBytes'),
      sql<number>`cast(sum(response_bytes) as bigint)`.as('responseBytes'),
      sql<number>`cast(sum(duration_ms) / sum(calls) as bigint)`.as('meanMilliseconds'),
    ])
}
