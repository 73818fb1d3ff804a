import { readFileSync } from 'node:fs'
import { tickMicroseconds } from './tick.js'

/** How long one core has been busy and up since the machine started (proc(5), `/proc/stat`). */
export type CoreUsage = { readonly busyMicroseconds: number; readonly upMicroseconds: number }

export function usageOfCore(core: number): CoreUsage {
  const line = new RegExp(`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'latin1'))?.[1] ?? ''
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(' ')
    .map(Number)
  const busy = user + nice + system + irq + softirq + steal
  return { busyMicroseconds: busy * tickMicroseconds, upMicroseconds: (busy + idle + iowait) * tickMicroseconds }
}

/** The share of the core, 0 to 1, that went to others than the one who used `ownMicroseconds` between the two readings. */
export function othersShare(before: CoreUsage, after: CoreUsage, ownMicroseconds: number): number {
  const busy = after.busyMicroseconds - before.busyMicroseconds
  const up = after.upMicroseconds - before.upMicroseconds
  return up === 0 ? 0 : Math.max(0, busy - ownMicroseconds) / up
}
