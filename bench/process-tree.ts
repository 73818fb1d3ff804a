import { readdirSync, readFileSync } from 'node:fs'
import { getconf, tickMicroseconds } from './tick.js'

/** What a process and all its descendants have used: processor time since they started, memory now. */
export type Usage = { readonly cpuMicroseconds: number; readonly rssBytes: number }

/** Reads `/proc/<pid>/stat` (proc(5)): utime and stime there count every thread of the process. */
export function usageOf(rootPid: number): Usage {
  const stats = readStats()
  const tree = descendants(rootPid, stats)
  const total = (pick: (stat: Stat) => number) => tree.reduce((sum, stat) => sum + pick(stat), 0)
  return { cpuMicroseconds: total((stat) => stat.ticks) * tickMicroseconds, rssBytes: total((stat) => stat.rssBytes) }
}

/** The same processor time to the nanosecond, in microseconds: `/proc/<pid>/task/<tid>/schedstat` (proc(5)), thread by thread. One that has ended is left out. */
export function runTimeOf(rootPid: number): number {
  const nanoseconds = descendants(rootPid, readStats()).flatMap(({ pid }) =>
    readdirSync(`/proc/${pid}/task`).map((task) => readRunTime(`/proc/${pid}/task/${task}/schedstat`)),
  )
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1000
}

function readRunTime(file: string): number {
  try {
    return Number(readFileSync(file, 'latin1').split(' ')[0])
  } catch {
    return 0
  }
}

type Stat = { readonly pid: number; readonly parent: number; readonly ticks: number; readonly rssBytes: number }

const pageBytes = process.platform === 'linux' ? getconf('PAGESIZE') : 0

function readStats(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(Number(pid)))
}

function readStat(pid: number): Stat[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in brackets and may hold blanks, so the fields are counted after it.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const at = (field: number) => Number(fields[field - 3])
    return [{ pid, parent: at(4), ticks: at(14) + at(15), rssBytes: at(24) * pageBytes }]
  } catch {
    return []
  }
}

function descendants(rootPid: number, stats: readonly Stat[]): Stat[] {
  const own = stats.filter((stat) => stat.pid === rootPid)
  const children = stats.filter((stat) => stat.parent === rootPid)
  return [...own, ...children.flatMap((child) => descendants(child.pid, stats))]
}
