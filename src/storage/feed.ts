import type { Kysely, Transaction } from 'kysely'
import type { Change, ChangeFeed } from './store.js'
import type { Database } from './tables.js'

/** The part of the feed that both stores share: changes of this process, told right after their commit. */
export class LocalFeed implements ChangeFeed {
  readonly #now: () => number
  readonly #open = new WeakMap<object, Change[]>()
  readonly #listeners = new Set<(change: Change) => void>()

  constructor(now: () => number) {
    this.#now = now
  }

  async publish(transaction: Transaction<Database>, change: Change): Promise<void> {
    const pending = this.#open.get(transaction)
    if (pending === undefined) throw new TypeError('publish takes the transaction that Store.transaction gave')
    await transaction.insertInto('outbox').values({ at: this.#now(), topic: change.topic, key: change.key }).execute()
    pending.push(change)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  silentMilliseconds(): number {
    return 0
  }

  async transaction<T>(db: Kysely<Database>, work: (transaction: Transaction<Database>) => Promise<T>): Promise<T> {
    const pending: Change[] = []
    const result = await db.transaction().execute((transaction) => {
      this.#open.set(transaction, pending)
      return work(transaction)
    })
    for (const change of pending) for (const listener of this.#listeners) listener(change)
    return result
  }
}
