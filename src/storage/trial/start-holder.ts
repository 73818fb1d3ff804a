import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Holder {
  readonly child: ChildProcess
  readonly acknowledged: readonly string[]
  /** Kills it as `kill -9` does; resolves when it is gone and all it said was read. */
  kill(): Promise<void>
}

/** Another process that has the store of the folder open and writes. `wrap` puts a shell line before it. */
export async function startHolder(folder: string, wrap?: string): Promise<Holder> {
  const script = fileURLToPath(new URL('./hold-store.js', import.meta.url))
  const [command, argv] =
    wrap === undefined
      ? [process.execPath, [script, folder]]
      : ['/bin/sh', ['-c', `${wrap}; exec "$0" "$@"`, process.execPath, script, folder]]
  const child = spawn(command, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const acknowledged: string[] = []
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') ready.resolve()
    else acknowledged.push(line)
  })
  const early = closed.then(() => Promise.reject(new Error('The process ended before it was ready')))
  await Promise.race([ready.promise, early])
  early.catch(() => {})
  return {
    child,
    acknowledged,
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
