import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { standsStill } from './stand-still.js'

export interface RunningWriter {
  /** Resolves once each of its threads stands still, so that no disk access of its own is under way. */
  stop(): Promise<void>
  /** Ends it; resolves when all that it acknowledged is known. */
  kill(): Promise<void>
  readonly acknowledged: readonly string[]
}

/** Starts the writer on a folder, or with its lock there on a database; resolves when its store is open. */
export async function startWriter(
  folder: string,
  synchronous: 'full' | 'off',
  ...databaseUrl: readonly string[]
): Promise<RunningWriter> {
  const script = fileURLToPath(new URL('./writer.js', import.meta.url))
  const words = [script, folder, synchronous, ...databaseUrl]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const acknowledged: string[] = []
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') ready.resolve()
    else acknowledged.push(line)
  })
  await Promise.race([
    ready.promise,
    closed.then(() => Promise.reject(new Error('The writer ended before it was ready'))),
  ])
  return {
    acknowledged,
    async stop() {
      child.kill('SIGSTOP')
      await standsStill(child.pid)
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
