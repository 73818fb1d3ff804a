import type { Child } from './child.js'
import { othersShare, usageOfCore } from './core-usage.js'
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
  /** Share of the core, 0 to 1, that other programs took meanwhile; they spoil caches and so the figures. */
  readonly othersShare: number
}

export type Measurement = Load & { readonly child: Child; readonly gatewayCore: number }

/** A window that others disturbed is measured again, twice at most, and the quietest counts. */
export async function measure(measurement: Measurement): Promise<Sample> {
  let quietest = await measureWindow(measurement)
  for (let again = 0; again < 2 && quietest.othersShare > disturbed; again += 1) {
    const sample = await measureWindow(measurement)
    if (sample.othersShare < quietest.othersShare) quietest = sample
  }
  return quietest
}

/** From this share on, other work on the gateway's core makes a window worth repeating. */
export const disturbed = 0.05

/** Refuses a window in which a call failed: its figures would mean nothing. */
async function measureWindow({ child, gatewayCore, ...load }: Measurement): Promise<Sample> {
  const [before, coreBefore] = [usageOf(child.pid), usageOfCore(gatewayCore)]
  const report = await runWrk(load)
  const [after, coreAfter] = [usageOf(child.pid), usageOfCore(gatewayCore)]
  if (report.calls === 0 || report.refused > 0 || report.broken > 0) {
    const counts = `${report.calls} calls, ${report.refused} refused, ${report.broken} broken`
    throw new Error(`${child.name} failed under load: ${counts}. ${child.said()}`)
  }
  const ownMicroseconds = after.cpuMicroseconds - before.cpuMicroseconds
  return {
    cpuMicroseconds: ownMicroseconds / report.calls,
    callsPerSecond: report.calls / report.seconds,
    p50Milliseconds: report.p50Microseconds / 1000,
    p99Milliseconds: report.p99Microseconds / 1000,
    rssMegabytes: after.rssBytes / 1_048_576,
    othersShare: othersShare(coreBefore, coreAfter, ownMicroseconds),
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
    othersShare: middle((sample) => sample.othersShare),
  }
}
