import type { Clock } from '#base'
import type { FinishedExchange } from '#contract'
import { createAccessLine } from './access-line.js'

export interface AccessLogOptions {
  /** Takes whole lines; resolves when they are taken. Called once at a time. */
  readonly write: (lines: string) => Promise<void>
  readonly clock: Clock
  readonly flushMilliseconds?: number
  readonly flushBytes?: number
  /** Bytes held at most while the target is slow; lines beyond are dropped and counted. */
  readonly heldBytesMax?: number
  /** How long `close` waits for the target. */
  readonly closeMilliseconds?: number
}

export interface AccessLog {
  /** Adds a line; never waits. */
  record(exchange: FinishedExchange): void
  /** Lines dropped since the start. */
  dropped(): number
  /** Writes the rest, as far as the target takes it in time. */
  close(): Promise<void>
}

/** One line per exchange, written in batches; a full or slow target costs lines, which are counted and told, never calls or memory. */
export function createAccessLog(options: AccessLogOptions): AccessLog {
  const { write, clock, flushMilliseconds = 100, flushBytes = 65_536 } = options
  const { heldBytesMax = 4_194_304, closeMilliseconds = 2000 } = options
  const line = createAccessLine()
  let held = ''
  let heldLines = 0
  let dropped = 0
  let untold = 0
  let writing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  function record(exchange: FinishedExchange): void {
    if (held.length >= heldBytesMax) {
      drop(1)
      return
    }
    held += line(exchange)
    heldLines += 1
    if (held.length >= flushBytes) flush()
    else if (timer === undefined) timer = setTimeout(flush, flushMilliseconds)
  }

  function drop(lines: number): void {
    dropped += lines
    untold += lines
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (writing !== undefined || (held === '' && untold === 0)) return
    const lines = heldLines
    const told = untold
    const chunk = told === 0 ? held : `${held}${dropLine(clock(), told)}`
    held = ''
    heldLines = 0
    untold = 0
    writing = write(chunk)
      .catch(() => {
        untold += told
        drop(lines)
      })
      .finally(() => {
        writing = undefined
        if (held.length >= flushBytes) flush()
        else if (held !== '') timer ??= setTimeout(flush, flushMilliseconds)
      })
  }

  async function drain(): Promise<void> {
    while (writing !== undefined || held !== '') {
      flush()
      await writing
    }
    // What was dropped is told even when no line followed.
    flush()
    await writing
  }

  return {
    record,
    dropped: () => dropped,
    async close() {
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const limit = setTimeout(resolve, closeMilliseconds)
      await Promise.race([drain(), late])
      clearTimeout(limit)
      clearTimeout(timer)
    },
  }
}

function dropLine(now: number, lines: number): string {
  return `{"time":"${new Date(now).toISOString()}","event":"access-log/dropped","lines":${lines}}\n`
}
