import type { Terminal } from './terminal.js'

export interface Running {
  /** Drains calls, writes what is counted, closes the store. */
  stop(): Promise<void>
}

/** SIGTERM and SIGINT drain and lose nothing; a second one ends at once. */
export function stopOnSignal(running: Running, terminal: Terminal): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        terminal.printError(`  Stopped with a fault: ${error instanceof Error ? error.message : error}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
