import type { Clock, Log } from '#base'
import type { Store } from '#storage'

const everyMilliseconds = 60_000
const batch = 500

/** Deletes what has expired, in batches that keep no writer waiting. */
export function createPurge({ store, clock, log }: { store: Store; clock: Clock; log: Log }) {
  let running: Promise<void> = Promise.resolve()
  let closed = false

  const deleteBatch = async () => {
    const expired = store.db
      .selectFrom('oidc_artifact')
      .select('id_hash')
      .where('expires_at', '<=', clock())
      .limit(batch)
    const { numDeletedRows } = await store.db
      .deleteFrom('oidc_artifact')
      .where('id_hash', 'in', expired)
      .executeTakeFirst()
    return Number(numDeletedRows)
  }
  const run = async () => {
    while (!closed && (await deleteBatch()) === batch);
  }
  const purge = () => {
    running = running.then(run).catch((error: unknown) => {
      log.warn('authorization.purge-failed', { error: error instanceof Error ? error.message : String(error) })
    })
    return running
  }
  const timer = setInterval(purge, everyMilliseconds).unref()

  return {
    purge,
    close() {
      closed = true
      clearInterval(timer)
      return running
    },
  }
}
