import { sql } from 'kysely'
import type { Store } from '#storage'
import type { UsageRow } from './usage-row.js'

/** Adds the rows to what is there, all or none, in one statement. */
export async function addUsageRows(store: Store, rows: readonly UsageRow[]): Promise<void> {
  await store.transaction((transaction) =>
    transaction
      .insertInto('usage_minute')
      .values([...rows])
      .onConflict((conflict) =>
        conflict.columns(['minute', 'application_id', 'api_id', 'environment', 'status', 'node']).doUpdateSet({
          calls: sql`usage_minute.calls + excluded.calls`,
          request_bytes: sql`usage_minute.request_bytes + excluded.request_bytes`,
          response_bytes: sql`usage_minute.response_bytes + excluded.response_bytes`,
          duration_ms: sql`usage_minute.duration_ms + excluded.duration_ms`,
        }),
      )
      .execute(),
  )
}
