import { setTimeout as sleep } from 'node:timers/promises'
import { usageOf } from './process-tree.js'

const windowMilliseconds = 1000
const idleShare = 0.05
const windowsMax = 60

/** Waits until a process has done what it does after its start (the simulation indexes its data), so that only calls are measured. */
export async function untilIdle(pid: number): Promise<void> {
  let before = usageOf(pid).cpuMicroseconds
  for (let window = 0; window < windowsMax; window += 1) {
    await sleep(windowMilliseconds)
    const now = usageOf(pid).cpuMicroseconds
    if ((now - before) / (windowMilliseconds * 1000) < idleShare) return
    before = now
  }
}
