import type { Clock, Identifiers, Log } from '#base'
import type { Store } from '#storage'

const everyMilliseconds = 600_000
const dayMilliseconds = 86_400_000
const batch = 1_000

export interface EvidencePurgeOptions {
  readonly store: Store
  readonly identifiers: Identifiers
  readonly clock: Clock
  readonly log: Log
  /** How long evidence is kept, in days. */
  readonly days: number
}

/** Deletes evidence past its time, in batches that keep no writer waiting; how much and up to when stays in the audit. */
export function createEvidencePurge({ store, identifiers, clock, log, days }: EvidencePurgeOptions) {
  let running: Promise<void> = Promise.resolve()
  let closed = false

  const deleteBatch = async (before: number): Promise<number> => {
    const old = store.db.selectFrom('evidence').select('id').where('at', '<', before).orderBy('at').limit(batch)
    const { numDeletedRows } = await store.db.deleteFrom('evidence').where('id', 'in', old).executeTakeFirst()
    return Number(numDeletedRows)
  }
  const run = async (): Promise<void> => {
    const now = clock()
    const before = now - days * dayMilliseconds
    let deleted = 0
    for (let last = batch; last === batch && !closed; deleted += last) last = await deleteBatch(before)
    if (deleted === 0) return
    const detail = JSON.stringify({ deleted, before, days })
    const entry = { actor: 'portique', action: 'evidence.purge', object: 'evidence', detail }
    await store.db
      .insertInto('audit')
      .values({ id: identifiers.id('aud'), at: now, ...entry })
      .execute()
    log.info('metering/evidence-purged', { deleted, before: new Date(before).toISOString() })
  }
  const purge = (): Promise<void> => {
    running = running.then(run).catch((error: unknown) => {
      log.warn('metering/evidence-not-purged', { error: error instanceof Error ? error.message : String(error) })
    })
    return running
  }
  const timer = setInterval(purge, everyMilliseconds).unref()
  void purge()

  return {
    purge,
    close(): Promise<void> {
      closed = true
      clearInterval(timer)
      return running
    },
  }
}
