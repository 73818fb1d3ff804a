import type { Kysely, RawBuilder, Transaction } from 'kysely'
import type { Change, ChangeFeed } from './store.js'
import type { Database } from './tables.js'

export interface FeedOptions {
  /** The time a row is given; only the purge of old rows reads it. */
  readonly at: () => number | RawBuilder<number>
  /** Told inside the transaction that other nodes will have something to read. */
  readonly wake?: (transaction: Transaction<Database>) => Promise<unknown>
  /** Whether a reader of the table hands each row over again, of this process or another. */
  readonly readBack: boolean
  readonly silentMilliseconds: () => number
}

/** The feed that both stores share. This process's own changes are told right after their commit, each once, whoever sees it first. */
export class StoreFeed implements ChangeFeed {
  readonly #options: FeedOptions
  readonly #open = new WeakMap<object, Map<number, Change>>()
  /** Own rows that the table's reader has not handed over yet, and whether they were told. */
  readonly #own = new Map<number, 'open' | 'told'>()
  readonly #listeners = new Set<(change: Change) => void>()

  constructor(options: FeedOptions) {
    this.#options = options
  }

  async publish(transaction: Transaction<Database>, { topic, key }: Change): Promise<void> {
    const published = this.#open.get(transaction)
    if (published === undefined) throw new TypeError('publish takes the transaction that Store.transaction gave')
    const { sequence } = await transaction
      .insertInto('outbox')
      .values({ at: this.#options.at(), topic, key })
      .returning('sequence')
      .executeTakeFirstOrThrow()
    published.set(sequence, { topic, key })
    this.#own.set(sequence, 'open')
    if (published.size === 1) await this.#options.wake?.(transaction)
  }

  subscribe(listener: (change: Change) => void): () => void {
    const own = (change: Change) => listener(change)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  silentMilliseconds(): number {
    return this.#options.silentMilliseconds()
  }

  async transaction<T>(db: Kysely<Database>, work: (transaction: Transaction<Database>) => Promise<T>): Promise<T> {
    const published = new Map<number, Change>()
    try {
      const result = await db.transaction().execute((transaction) => {
        this.#open.set(transaction, published)
        return work(transaction)
      })
      this.#committed(published)
      return result
    } catch (error) {
      // Should it have been committed all the same, its connection lost in between, the reader tells it as anyone's.
      for (const sequence of published.keys()) this.#own.delete(sequence)
      throw error
    }
  }

  /** A row that the table's reader found. */
  found(sequence: number, change: Change): void {
    const told = this.#own.get(sequence) === 'told'
    this.#own.delete(sequence)
    if (!told) this.tell(change)
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change)
      } catch (error) {
        // What is committed stays committed: a listener's fault is not its writer's.
        process.emitWarning(error instanceof Error ? error : String(error))
      }
    }
  }

  #committed(published: ReadonlyMap<number, Change>): void {
    for (const [sequence, change] of published) {
      if (!this.#own.has(sequence)) continue
      if (this.#options.readBack) this.#own.set(sequence, 'told')
      else this.#own.delete(sequence)
      this.tell(change)
    }
  }
}

/** Rows of the outbox older than this are deleted; who was cut off for longer is told that anything may have changed. */
export const outboxKeptMilliseconds = 3_600_000

/** Told instead of what was missed. */
export const anythingChanged: Change = { topic: '*', key: '*' }
