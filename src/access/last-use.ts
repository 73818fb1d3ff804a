import type { Clock, Log } from '#base'
import type { Store } from '#storage'

const flushMilliseconds = 30_000

interface Needs {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
}

/** Dates of last use, kept in memory and written in batches: a call must not wait for them. */
export function createLastUse({ store, clock, log }: Needs, table: 'credential' | 'api_token') {
  let dates = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    if (dates.size === 0) return
    const batch = dates
    dates = new Map()
    await store.transaction(async (transaction) => {
      // In one order for all nodes: two that wrote the same rows the other way round would wait for each other.
      for (const [id, at] of [...batch].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
        await transaction.updateTable(table).set({ last_used_at: at }).where('id', '=', id).execute()
      }
    })
  }
  const flush = () => {
    writing = writing.then(write).catch((error: unknown) => {
      log.warn('access.last-use-not-written', { error: error instanceof Error ? error.message : String(error) })
    })
    return writing
  }
  const timer = setInterval(flush, flushMilliseconds).unref()

  return {
    used(id: string) {
      dates.set(id, clock())
    },
    close() {
      clearInterval(timer)
      return flush()
    },
  }
}
