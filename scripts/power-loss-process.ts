import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface RunningWriter {
  /** Resolves once each of its threads stands still, so that no disk access of its own is under way. */
  stop(): Promise<void>
  /** Ends it; resolves when all that it acknowledged is known. */
  kill(): Promise<void>
  readonly acknowledged: readonly string[]
}

/** Starts the writer on a folder; resolves when its store is open. */
export async function startWriter(folder: string, synchronous: 'full' | 'off'): Promise<RunningWriter> {
  const script = fileURLToPath(new URL('./power-loss-writer.js', import.meta.url))
  const child = spawn(process.execPath, [script, folder, synchronous], { stdio: ['ignore', 'pipe', 'inherit'] })
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
      while (!standsStill(child.pid)) await sleep(2)
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

function standsStill(pid: number | undefined): boolean {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).every((task) =>
    / T /.test(readFileSync(`${tasks}/${task}/stat`, 'utf8').replace(/^.*\)/, '')),
  )
}
