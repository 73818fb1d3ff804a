import { setTimeout as pause } from 'node:timers/promises'
import { isProblem, type Log } from '#base'
import type { FinishedExchange } from '#contract'
import type { Store } from '#storage'
import { addUsageRows } from './add-usage-rows.js'
import { createLeftUsage, type LeftUsage } from './left-usage.js'
import { UsageBook } from './usage-book.js'

export interface UsageOptions {
  readonly store: Store
  /** Name of this node, part of the key, so that nodes never write the same row. */
  readonly node: string
  readonly log: Log
  readonly flushMilliseconds?: number
  /** Keys written in one transaction at most. */
  readonly batchKeysMax?: number
  /** Keys held at most while the store is away; beyond, they are summed into coarser ones. */
  readonly keysMax?: number
  /** How long `close` tries to write the rest. */
  readonly closeMilliseconds?: number
  /** File that keeps what `close` could not write, for the next start; absent: it is lost. */
  readonly leftFile?: string
}

export interface Usage {
  /** Counts one call in memory: no promise, no timer. */
  record(exchange: FinishedExchange): void
  /** Writes what is there. Resolves false when the store refused: the counts are kept. */
  flush(): Promise<boolean>
  /** Keys not written yet. */
  backlog(): number
  /** Writes everything, trying again for a while; what could not be written goes to the file, or is told as lost. */
  close(): Promise<void>
}

const retryMillisecondsMax = 60_000

/** Usage per minute, application, API, environment and status, written in batches. A batch whose commit was cut off in doubt is written again. */
export function createUsage(options: UsageOptions): Usage {
  const { store, node, log, flushMilliseconds = 2000, batchKeysMax = 200 } = options
  const { keysMax = 20_000, closeMilliseconds = 5000 } = options
  const book = new UsageBook(node, keysMax)
  const left = options.leftFile === undefined ? undefined : createLeftUsage(options.leftFile)
  let unsettled = takeUp(left, book, log)
  let failures = 0
  let flushing: Promise<boolean> | undefined
  let inFlight = 0
  let closed = false
  let timer = arm()

  function arm(): NodeJS.Timeout {
    const wait = Math.min(retryMillisecondsMax, flushMilliseconds * 2 ** failures)
    return setTimeout(() => void flush().then(rearm), wait).unref()
  }

  function rearm(): void {
    if (!closed) timer = arm()
  }

  function flush(): Promise<boolean> {
    flushing ??= write().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  async function write(): Promise<boolean> {
    const rows = book.take()
    inFlight = rows.length
    let written = 0
    try {
      for (; written < rows.length; written += batchKeysMax) {
        await addUsageRows(store, rows.slice(written, written + batchKeysMax))
        inFlight = rows.length - written
      }
      failures = 0
      settle()
      return true
    } catch (error) {
      book.putBack(rows.slice(written))
      failures = Math.min(failures + 1, 16)
      log.warn('usage/not-written', { keys: book.size, failures, reason: isProblem(error) ? error.code : 'fault' })
      return false
    } finally {
      inFlight = 0
    }
  }

  function settle(): void {
    if (!unsettled) return
    unsettled = false
    left?.settle()
  }

  async function close(): Promise<void> {
    closed = true
    clearTimeout(timer)
    const deadline = performance.now() + closeMilliseconds
    await flushing
    while (book.size > 0 && !(await flush())) {
      if (performance.now() > deadline) return keepOrTell(left, book, log)
      await pause(50)
    }
  }

  return { record: (exchange) => book.add(exchange), flush, backlog: () => book.size + inFlight, close }
}

/** Counts again what an earlier stop left; true when there was any. Twice, should this process be killed between the store's word and the file's end. */
function takeUp(left: LeftUsage | undefined, book: UsageBook, log: Log): boolean {
  if (left === undefined) return false
  const { rows, unreadable } = left.read()
  if (unreadable > 0) log.error('usage/unreadable', { lines: unreadable })
  book.putBack(rows)
  return rows.length > 0 || unreadable > 0
}

function keepOrTell(left: LeftUsage | undefined, book: UsageBook, log: Log): void {
  const rows = book.take()
  try {
    if (left === undefined) throw new Error('no file')
    left.keep(rows)
    log.warn('usage/kept', { keys: rows.length })
  } catch (error) {
    const calls = rows.reduce((sum, row) => sum + row.calls, 0)
    log.error('usage/lost', {
      keys: rows.length,
      calls,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}
