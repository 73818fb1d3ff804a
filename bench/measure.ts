import type { Child } from './child.js'
import { median } from './median.js'
import { usageOf } from './process-tree.js'
import { type Load, runWrk } from './wrk.js'

/** What one window of load cost and gave. */
export type Sample = {
  /** Processor time of the whole process tree divided by the calls that it answered. */
  readonly cpuMicroseconds: number
  readonly callsPerSecond: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
  readonly rssMegabytes: number
}

/** Warms the child up for a second, then measures it; refuses a window in which a call failed. */
export async function measure(child: Child, load: Load): Promise<Sample> {
  await runWrk({ ...load, seconds: 1 })
  const before = usageOf(child.pid)
  const report = await runWrk(load)
  const after = usageOf(child.pid)
  if (report.calls === 0 || report.refused > 0 || report.broken > 0) {
    const counts = `${report.calls} calls, ${report.refused} refused, ${report.broken} broken`
    throw new Error(`${child.name} failed under load: ${counts}. ${child.said()}`)
  }
  return {
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / report.calls,
    callsPerSecond: report.calls / report.seconds,
    p50Milliseconds: report.p50Microseconds / 1000,
    p99Milliseconds: report.p99Microseconds / 1000,
    rssMegabytes: after.rssBytes / 1_048_576,
  }
}

/** Each figure's median over the rounds, taken on its own. */
export function medianSample(samples: readonly Sample[]): Sample {
  const middle = (pick: (sample: Sample) => number) => median(samples.map(pick))
  return {
    cpuMicroseconds: middle((sample) => sample.cpuMicroseconds),
    callsPerSecond: middle((sample) => sample.callsPerSecond),
    p50Milliseconds: middle((sample) => sample.p50Milliseconds),
    p99Milliseconds: middle((sample) => sample.p99Milliseconds),
    rssMegabytes: middle((sample) => sample.rssMegabytes),
  }
}
