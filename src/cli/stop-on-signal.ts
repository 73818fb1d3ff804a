import { isProblem } from '#base'
import type { Store } from '#storage'
import type { CommandNeeds } from './command-needs.js'

export interface Running {
  readonly store: Store
  /** Drains calls, writes what is counted, closes the store. */
  stop(): Promise<void>
}

const probeMilliseconds = 1000
const orphanedMilliseconds = 250

/** SIGTERM and SIGINT drain and lose nothing, a second one ends at once; a store that can no longer keep its word ends the process with 1. */
export function stopOnSignal(
  running: Running,
  { terminal, inShell = false }: Pick<CommandNeeds, 'terminal' | 'inShell'>,
): void {
  let stopping = false
  const stop = (code: number) => {
    if (stopping) process.exit(130)
    stopping = true
    running.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        terminal.printError(`  Stopped with a fault: ${error instanceof Error ? error.message : error}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop(0))
  process.on('SIGINT', () => stop(0))
  if (inShell) onOrphaned(() => stopping || stop(0))
  setInterval(() => {
    running.store.ping().catch((error: unknown) => {
      if (stopping || !isProblem(error) || error.code !== 'storage/broken') return
      terminal.printError(`  ${error.text.en}`)
      stop(1)
    })
  }, probeMilliseconds).unref()
}

/** npm hands SIGTERM to the shell of its script, which dies of it without a word to what it runs. */
function onOrphaned(act: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    act()
  }, orphanedMilliseconds).unref()
}
