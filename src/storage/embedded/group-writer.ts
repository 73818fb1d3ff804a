import type { DatabaseSync } from 'node:sqlite'
import { isDiskFailure, writerError } from './sqlite-errors.js'
import { StatementCache } from './statement-cache.js'
import type { RunRequest, WriterError, WriterReply, WriterRequest } from './writer-messages.js'

/**
 * Executes requests in order. Statements that wait together are committed together.
 * One that fails undoes itself alone: SQLite's `ABORT`, what every statement has that names no other conflict clause.
 * A reply is handed over after the COMMIT that covers it.
 * An interactive transaction has the writer for itself.
 */
export class GroupWriter {
  readonly #database: DatabaseSync
  readonly #statements: StatementCache
  #waiting: WriterRequest[] = []
  #lease: number | null = null
  #broken: WriterError | null = null
  #unlimited = false
  #movedFrames = 0

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#statements = new StatementCache(database)
  }

  /** The lease that may not last for ever. */
  get limitedLease(): number | null {
    return this.#unlimited ? null : this.#lease
  }

  add(requests: readonly WriterRequest[]): void {
    this.#waiting.push(...requests)
  }

  /** Does the next piece of work; an empty array when nothing can be done now. */
  step(): WriterReply[] {
    const next = this.#take()
    if (next.length === 0) return []
    if (this.#broken !== null) return next.map(({ id }) => ({ id, error: brokenBefore }))
    if (next.every((request) => request.kind === 'run' && request.lease === null))
      return this.#group(next as RunRequest[])
    return next.map((request) => this.#interactive(request))
  }

  /** Undoes the interactive transaction that took too long; its next request learns of it. */
  endLease(): void {
    this.#lease = null
    this.#rollback()
  }

  /** Moves a log that has grown into the database file, as far as readers let it. A failing disk stops the writer here too. */
  tendLog(): void {
    if (this.#broken !== null || this.#lease !== null) return
    const frames = this.#logFrames()
    // The log was begun anew since the last time.
    if (frames < this.#movedFrames) this.#movedFrames = 0
    if (frames - this.#movedFrames < logFramesMax) return
    this.#guarded(() => this.#statements.run('pragma wal_checkpoint(passive)', []))
    this.#movedFrames = frames
  }

  #logFrames(): number {
    let frames = 0
    this.#guarded(() => {
      frames = Number(this.#statements.run('pragma wal_checkpoint(noop)', []).rows[0]?.log)
    })
    return frames
  }

  #take(): WriterRequest[] {
    if (this.#lease !== null) {
      const [own, others] = split(this.#waiting, (request) => request.lease === this.#lease)
      this.#waiting = others
      return own
    }
    const end = this.#waiting.findIndex((request) => request.lease !== null)
    return this.#waiting.splice(0, end === -1 ? groupMax : Math.min(Math.max(end, 1), groupMax))
  }

  #group(requests: readonly RunRequest[]): WriterReply[] {
    const [first] = requests
    if (requests.length === 1 && first !== undefined) return [this.#run(first)]
    const replies: WriterReply[] = []
    const failed = this.#guarded(() => {
      this.#database.exec('begin immediate')
      for (const request of requests) {
        // Some errors (a full disk, OR ROLLBACK) end the whole transaction.
        if (!this.#database.isTransaction) throw new Error('The group was rolled back')
        replies.push(this.#run(request))
      }
      this.#database.exec('commit')
    })
    if (failed === null && this.#broken === null) return replies
    this.#rollback()
    // Nothing of the group is in the store: now each statement stands for itself.
    return requests.map((request) => this.#run(request))
  }

  #run({ id, sql, parameters }: RunRequest): WriterReply {
    if (this.#broken !== null) return { id, error: brokenBefore }
    try {
      return { id, ...this.#statements.run(sql, parameters) }
    } catch (error) {
      return { id, error: this.#noticed(error) }
    }
  }

  #interactive(request: WriterRequest): WriterReply {
    const { id, kind, lease } = request
    if (request.kind === 'begin') {
      const error = this.#guarded(() => this.#database.exec('begin immediate'))
      if (error === null) {
        this.#lease = lease
        this.#unlimited = request.time === 'unlimited'
      }
      return replyTo(id, error)
    }
    if (this.#lease !== lease) return kind === 'rollback' ? replyTo(id, null) : replyTo(id, transactionLost)
    if (request.kind === 'run') return this.#runOrEnd(request)
    this.#lease = null
    const error = kind === 'commit' ? this.#guarded(() => this.#database.exec('commit')) : null
    return replyTo(id, this.#rollback() ?? error)
  }

  /** A statement that fails ends its transaction, as on PostgreSQL. */
  #runOrEnd(request: RunRequest): WriterReply {
    const reply = this.#run(request)
    if ('error' in reply) this.endLease()
    return reply
  }

  #rollback(): WriterError | null {
    return this.#database.isTransaction ? this.#guarded(() => this.#database.exec('rollback')) : null
  }

  #guarded(work: () => unknown): WriterError | null {
    try {
      work()
      return null
    } catch (error) {
      return this.#noticed(error)
    }
  }

  #noticed(thrown: unknown): WriterError {
    const error = writerError(thrown)
    if (isDiskFailure(error)) this.#broken = error
    return error
  }
}

const groupMax = 512
/** About 4 MB. */
const logFramesMax = 1_000
const brokenBefore: WriterError = { message: 'The disk failed before', state: 'broken' }
const transactionLost: WriterError = { message: 'The transaction is over', state: 'transaction-lost' }

function replyTo(id: number, error: WriterError | null): WriterReply {
  return error === null ? { id, rows: [] } : { id, error }
}

function split<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}
