import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.js'

/** What has changed: names only, so that whoever needs the news reads the truth from the tables. */
export interface Change {
  /** `access`, `catalog`, `token`, …; `*` when the feed was cut for so long that anything may have changed (`anythingChanged`). */
  readonly topic: string
  /** What of it: an application, an API, a grant, a token's hash. */
  readonly key: string
}

export interface ChangeFeed {
  /** Writes the change in the caller's transaction: it is told after the commit, or never. */
  publish(transaction: Transaction<Database>, change: Change): Promise<void>
  /** Told in commit order, of every node's changes, this one's own at the latest when `transaction` resolves. Returns the way to stop. */
  subscribe(listener: (change: Change) => void): () => void
  /** Milliseconds since the feed was last known to be whole; always 0 on the embedded store. */
  silentMilliseconds(): number
}

export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  /** One statement is one durable commit once its promise resolves. */
  readonly db: Kysely<Database>
  /** All or nothing, durable once resolved; `work` awaits nothing but SQL. */
  transaction<T>(work: (transaction: Transaction<Database>) => Promise<T>): Promise<T>
  readonly feed: ChangeFeed
  /** Writes a consistent copy while running (embedded store: a file; PostgreSQL: refused with the advice to use its own tools). */
  backup(path: string): Promise<void>
  /** Rejects when the store cannot answer now. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** Seals secrets at rest with AES-256-GCM; `context` (e.g. `credential:cre_1`) is authenticated with them. */
export interface Vault {
  seal(plain: string, context: string): string
  /** Throws a Problem `storage/unsealed` when the key or the context is another one, or the text was altered. */
  open(sealed: string, context: string): string
}

export interface StoreOptions {
  /** Folder of the embedded store; also where the lock lies. */
  readonly folder: string
  /** `postgres://…`: PostgreSQL instead of the embedded store. */
  readonly databaseUrl?: string
  readonly now: () => number
  /** The 32 bytes that seal secrets: a store that was sealed with another key is then refused at opening (`storage/wrong-key`). */
  readonly key?: Buffer
}
