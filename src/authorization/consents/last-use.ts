import type { Clock, Log } from '#base'
import type { Store } from '#storage'
import { consentKey } from './consent-key.js'

const flushMilliseconds = 30_000
/** Uses kept before they are written whatever the time. */
const usesMax = 10_000
const batch = 500

/** A token that a person allowed was handed out, or used at the gateway. */
export interface Use {
  readonly grantId: string
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly accountId: string
  readonly clientId: string
}

export interface LastUse {
  note(use: Use): void
  /** Resolves once what was noted stands in the store. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** When people's consents were last used, kept in memory and written in batches: no call waits for it. */
export function createLastUse({ store, clock, log }: { store: Store; clock: Clock; log: Log }): LastUse {
  let uses = new Map<string, { readonly use: Use; at: number }>()
  let writing: Promise<void> = Promise.resolve()

  const write = async () => {
    // In one order for all nodes: two that wrote the same rows the other way round would wait for each other.
    const noted = [...uses.values()]
      .map(({ use, at }) => ({ id: consentKey(use.realm, use.accountId, use.clientId), at }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    uses = new Map()
    for (let from = 0; from < noted.length; from += batch) await writeBatch(noted.slice(from, from + batch))
  }
  /** Updates only: what was withdrawn meanwhile stays so. */
  const writeBatch = (noted: readonly { readonly id: string; readonly at: number }[]) =>
    store.transaction(async (transaction) => {
      for (const { id, at } of noted)
        await transaction.updateTable('oidc_artifact').set({ consumed_at: at }).where('id_hash', '=', id).execute()
    })
  const flush = () => {
    writing = writing.then(write).catch((error: unknown) => {
      log.warn('authorization.last-use', { error: error instanceof Error ? error.message : String(error) })
    })
    return writing
  }
  const timer = setInterval(flush, flushMilliseconds).unref()

  return {
    note(use) {
      const known = uses.get(use.grantId)
      if (known !== undefined) known.at = clock()
      else if (uses.set(use.grantId, { use, at: clock() }).size >= usesMax) void flush()
    },
    flush,
    close() {
      clearInterval(timer)
      return flush()
    },
  }
}
