import { execFileSync } from 'node:child_process'

/** The kernel's unit of processor time in `/proc`, in microseconds; 0 where there is no `/proc` to read. */
export const tickMicroseconds = process.platform === 'linux' ? 1_000_000 / getconf('CLK_TCK') : 0

/** A whole number that the system says about itself (getconf(1)). */
export function getconf(name: string): number {
  return Number(execFileSync('getconf', [name], { encoding: 'utf8' }))
}
