import { Worker } from 'node:worker_threads'
import { isDiskFailure, sqliteProblem, writerError } from './sqlite-errors.js'
import type { StatementOutcome } from './statement-cache.js'
import type { TransactionTime, WriterError, WriterReply, WriterRequest, WriterSettings } from './writer-messages.js'

/** The main thread's end of the writer: requests of one turn of the loop travel in one message. */
export class WriterClient {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #closed = Promise.withResolvers<void>()
  #outgoing: WriterRequest[] = []
  #nextId = 0
  #nextLease = 0
  #ended: WriterError | null = null

  /** Resolves once the writing connection is open. Throws the Problem that says why it is not. */
  static open(settings: WriterSettings): Promise<WriterClient> {
    const worker = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData: settings, name: 'store' })
    return new Promise((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (first: 'ready' | { failed: WriterError }) => {
        if (first === 'ready') resolve(new WriterClient(worker))
        else reject(sqliteProblem(first.failed))
      })
    })
  }

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.removeAllListeners('error')
    worker.on('message', (replies: readonly WriterReply[] | 'closed') => {
      if (replies !== 'closed') for (const reply of replies) this.#settle(reply)
    })
    worker.on('error', (error) => this.#end({ ...writerError(error), state: 'broken' }))
    worker.on('exit', () => this.#end({ message: 'The store is closed' }))
    // The store alone does not keep the process alive; something that waits for a write does.
    worker.unref()
  }

  run(sql: string, parameters: readonly unknown[], lease: number | null): Promise<StatementOutcome> {
    return this.#post((id) => ({ id, kind: 'run', lease, sql, parameters }))
  }

  /** Waits for the writer and takes it, for a limited time unless said otherwise. Returns the lease's number. */
  async begin(time: TransactionTime = 'limited'): Promise<number> {
    this.#nextLease += 1
    const lease = this.#nextLease
    await this.#post((id) => ({ id, kind: 'begin', lease, time }))
    return lease
  }

  async end(kind: 'commit' | 'rollback', lease: number): Promise<void> {
    await this.#post((id) => ({ id, kind, lease }))
  }

  /** Throws the Problem of a writer that accepts no more writes. */
  refuseEnded(): void {
    if (this.#ended !== null) throw sqliteProblem(this.#ended)
  }

  /** Resolves when everything asked for before is done and the file is closed. */
  async close(): Promise<void> {
    this.#flush()
    // To a worker that has ended this is a message to nobody.
    this.#worker.postMessage('close')
    this.#worker.ref()
    await this.#closed.promise
  }

  #post(make: (id: number) => WriterRequest): Promise<StatementOutcome> {
    if (this.#ended !== null) return Promise.reject(sqliteProblem(this.#ended))
    this.#nextId += 1
    const id = this.#nextId
    // Behind the poll phase: what all its connections ask for wakes the thread once (a quarter of the CPU of a token).
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush())
    this.#outgoing.push(make(id))
    return new Promise((resolve, reject) => {
      if (this.#pending.size === 0) this.#worker.ref()
      this.#pending.set(id, { resolve, reject })
    })
  }

  #flush(): void {
    const outgoing = this.#outgoing
    this.#outgoing = []
    if (outgoing.length > 0) this.#worker.postMessage(outgoing)
  }

  #settle(reply: WriterReply): void {
    const pending = this.#pending.get(reply.id)
    this.#pending.delete(reply.id)
    if (this.#pending.size === 0) this.#worker.unref()
    if ('error' in reply) this.#refuse(reply.error, pending)
    else pending?.resolve(reply)
  }

  #refuse(error: WriterError, pending: Pending | undefined): void {
    if (isDiskFailure(error) || error.state === 'broken') this.#ended ??= { ...error, state: 'broken' }
    pending?.reject(sqliteProblem(error))
  }

  #end(why: WriterError): void {
    this.#ended ??= why
    for (const { reject } of this.#pending.values()) reject(sqliteProblem(why))
    this.#pending.clear()
    this.#closed.resolve()
  }
}

interface Pending {
  readonly resolve: (outcome: StatementOutcome) => void
  readonly reject: (error: Error) => void
}
