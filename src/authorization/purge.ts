import type { Clock, Log } from '#base'
import { createBatchedPurge, purgeBatch, type Store } from '#storage'

const everyMilliseconds = 60_000

/** Deletes what has expired. */
export function createPurge({ store, clock, log }: { store: Store; clock: Clock; log: Log }) {
  const deleteBatch = async () => {
    const expired = store.db
      .selectFrom('oidc_artifact')
      .select('id_hash')
      .where('expires_at', '<=', clock())
      .limit(purgeBatch)
    const { numDeletedRows } = await store.db
      .deleteFrom('oidc_artifact')
      .where('id_hash', 'in', expired)
      .executeTakeFirst()
    return Number(numDeletedRows)
  }
  return createBatchedPurge({ everyMilliseconds, deleteBatch, log, failed: 'authorization.purge-failed' })
}
