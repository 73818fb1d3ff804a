import type { Log } from '#base'

/** Rows that one statement deletes, so that no writer waits long. */
export const purgeBatch = 500

export interface BatchedPurge {
  /** Deletes all that there is to delete now. */
  purge(): Promise<void>
  /** Resolves when what is under way has ended. */
  close(): Promise<void>
}

interface Needs {
  readonly everyMilliseconds: number
  /** Deletes at most `purgeBatch` rows and gives how many. */
  readonly deleteBatch: () => Promise<number>
  readonly log: Log
  /** What a failure is called in the log; the next turn tries again. */
  readonly failed: string
}

/** Deletes now and then, batch by batch, what nobody needs any more. */
export function createBatchedPurge({ everyMilliseconds, deleteBatch, log, failed }: Needs): BatchedPurge {
  let running: Promise<void> = Promise.resolve()
  let closed = false
  const run = async () => {
    while (!closed && (await deleteBatch()) === purgeBatch);
  }
  const purge = () => {
    running = running.then(run).catch((error: unknown) => {
      log.warn(failed, { error: error instanceof Error ? error.message : String(error) })
    })
    return running
  }
  const timer = setInterval(purge, everyMilliseconds).unref()
  return {
    purge,
    close() {
      closed = true
      clearInterval(timer)
      return running
    },
  }
}
