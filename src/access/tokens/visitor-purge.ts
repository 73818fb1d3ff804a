import { createBatchedPurge, purgeBatch } from '#storage'
import type { AccessOptions } from '../access.js'
import { visitorsId } from './visitors-application.js'

const everyMilliseconds = 10 * 60_000
/** How long a token that has ended is still told that it ended, and not that it is unknown. */
const keptMilliseconds = 30 * 86_400_000

/** Deletes the tokens of visitors some time after their end: nobody else ever would. */
export function createVisitorPurge({ store, catalog, clock, log }: Omit<AccessOptions, 'vault' | 'identifiers'>) {
  const deleteBatch = async () => {
    const holders = [...catalog.platforms().values()].filter(({ tokens }) => tokens != null).map(({ id }) => id)
    if (holders.length === 0) return 0
    const ended = store.db
      .selectFrom('api_token')
      .select('id')
      .where('application_id', 'in', holders.map(visitorsId))
      .where('expires_at', '<=', clock() - keptMilliseconds)
      .limit(purgeBatch)
    const { numDeletedRows } = await store.db.deleteFrom('api_token').where('id', 'in', ended).executeTakeFirst()
    return Number(numDeletedRows)
  }
  return createBatchedPurge({ everyMilliseconds, deleteBatch, log, failed: 'access.purge-failed' })
}
