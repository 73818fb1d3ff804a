import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves once each thread of a process that was told to stop has stopped, so that no disk access of its own is under way; one that has ended stands too. */
export async function standsStill(pid: number | undefined): Promise<void> {
  while (!isStill(pid)) await sleep(2)
}

function isStill(pid: number | undefined): boolean {
  const tasks = `/proc/${pid}/task`
  try {
    return readdirSync(tasks).every((task) => / [TZ] /.test(stateIn(readFileSync(`${tasks}/${task}/stat`, 'utf8'))))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw error
  }
}

const stateIn = (stat: string): string => stat.replace(/^.*\)/s, '').slice(0, 3)
