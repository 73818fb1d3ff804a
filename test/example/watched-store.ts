import { Problem } from '#base'
import type { Store } from '#storage'

/** The store with a look at each of its queries. */
export function counting(count: () => void): (store: Store) => Store {
  return (store) => watched(store, async () => void count())
}

/** Its reads fail while `broken` says so. */
export function breakable(store: Store, broken: () => boolean): Store {
  return watched(store, async () => {
    if (broken()) throw new Problem({ code: 'storage/unreachable', status: 503, text: { fr: 'Panne', en: 'Down' } })
  })
}

function watched(store: Store, before: () => Promise<void>): Store {
  const db = store.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await before()
      return result
    },
  })
  return {
    kind: store.kind,
    db,
    feed: store.feed,
    transaction: (work) => store.transaction(work),
    backup: (to) => store.backup(to),
    ping: () => store.ping(),
    close: () => store.close(),
  }
}
