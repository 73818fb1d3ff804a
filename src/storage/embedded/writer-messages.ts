/** A migration, an export or an import may hold the writer as long as it needs; nothing else may. */
export type TransactionTime = 'limited' | 'unlimited'

/** From the main thread to the writer, in arrays. `lease` names the interactive transaction that the request belongs to. */
export type WriterRequest =
  | {
      readonly id: number
      readonly kind: 'run'
      readonly lease: number | null
      readonly sql: string
      readonly parameters: readonly unknown[]
    }
  | { readonly id: number; readonly kind: 'begin'; readonly lease: number; readonly time: TransactionTime }
  | { readonly id: number; readonly kind: 'commit' | 'rollback'; readonly lease: number }

export type RunRequest = Extract<WriterRequest, { kind: 'run' }>

/** From the writer to the main thread, in arrays, only once what they acknowledge is durable. */
export type WriterReply =
  | {
      readonly id: number
      readonly rows: readonly Readonly<Record<string, unknown>>[]
      readonly changes?: number
    }
  | { readonly id: number; readonly error: WriterError }

/** An error as it crosses the thread border. */
export interface WriterError {
  readonly message: string
  /** SQLite's extended result code. */
  readonly errcode?: number
  /** Not SQLite's: the transaction is over, or the disk has failed before. */
  readonly state?: 'transaction-lost' | 'broken'
}

export interface WriterSettings {
  readonly path: string
  readonly synchronous: 'FULL' | 'NORMAL' | 'OFF'
  /** How long one interactive transaction may hold the writer. */
  readonly leaseMilliseconds: number
}
