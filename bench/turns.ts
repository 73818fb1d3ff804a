import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Bench } from './bench.js'
import { othersShare, usageOfCore } from './core-usage.js'
import { medianSample, type Sample } from './measure.js'
import type { Measured } from './rounds.js'

/** Whom to call, and whose processor time that costs. */
export interface Opening {
  readonly name: string
  readonly url: string
  /** The leader of the process tree that answers. */
  readonly pid: number
  readonly connections: number
  readonly authorization?: string
  /** A form to post with every call, instead of a GET. */
  readonly form?: string
}

export type Asked = { readonly open: Opening } | { readonly turn: string; readonly milliseconds: number }

/** What one turn of load cost and gave. */
export interface Turn {
  readonly calls: number
  readonly milliseconds: number
  readonly cpuMicroseconds: number
  readonly rssBytes: number
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
}

export type Said = Turn | { readonly failed: string }

/** What a machine's speed does in seconds falls on both of two turns that follow each other. */
const turnMilliseconds = 100
const warmUpRounds = 3

/**
 * Measures contestants whose ratio is near to its bound: in turns of a tenth of a second, hundreds of them, where a round of `runRounds` would give a pair of
 * figures in two seconds. Each turn is a sample.
 */
export async function runTurns(
  { options, cores, screen }: Bench,
  contestants: readonly Omit<Opening, 'connections'>[],
): Promise<Measured> {
  const load = startLoad(cores.load)
  const turnsPerRound = Math.max(1, Math.round((options.seconds * 1000) / turnMilliseconds))
  const samples = new Map<string, Sample[]>(contestants.map(({ name }) => [name, []]))
  try {
    for (const contestant of contestants) await load.open({ ...contestant, connections: options.connections })
    for (let round = 1 - warmUpRounds; round <= options.rounds; round += 1) {
      const found = await runRound(load, { contestants, turns: turnsPerRound, core: cores.gateway })
      for (const [name, ofRound] of found) {
        if (round > 0) samples.get(name)?.push(...ofRound)
        screen.sample(round, name, medianSample(ofRound))
      }
    }
  } finally {
    load.stop()
  }
  return samples
}

interface Round {
  readonly contestants: readonly { readonly name: string }[]
  readonly turns: number
  readonly core: number
}

async function runRound(load: TurnLoad, { contestants, turns, core }: Round): Promise<ReadonlyMap<string, Sample[]>> {
  const before = usageOfCore(core)
  const found = new Map<string, Turn[]>(contestants.map(({ name }) => [name, []]))
  for (let turn = 0; turn < turns; turn += 1)
    for (const { name } of turn % 2 === 0 ? contestants : [...contestants].reverse())
      found.get(name)?.push(await load.turn(name))
  const own = [...found.values()].flat().reduce((sum, { cpuMicroseconds }) => sum + cpuMicroseconds, 0)
  const others = othersShare(before, usageOfCore(core), own)
  return new Map([...found].map(([name, all]) => [name, all.map((turn) => sampleOf(turn, others))]))
}

const sampleOf = (turn: Turn, others: number): Sample => ({
  cpuMicroseconds: turn.cpuMicroseconds / turn.calls,
  callsPerSecond: (1000 * turn.calls) / turn.milliseconds,
  p50Milliseconds: turn.p50Milliseconds,
  p99Milliseconds: turn.p99Milliseconds,
  rssMegabytes: turn.rssBytes / 1_048_576,
  othersShare: others,
})

interface TurnLoad {
  open(opening: Opening): Promise<void>
  turn(name: string): Promise<Turn>
  stop(): void
}

/** It is asked one thing at a time. */
function startLoad(core: number): TurnLoad {
  const script = join(import.meta.dirname, 'turn-load.js')
  const child = spawn('taskset', ['-c', String(core), process.execPath, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const killWithBench = () => child.kill('SIGKILL')
  process.once('exit', killWithBench)
  let waiting = Promise.withResolvers<Turn>()
  const fail = (reason: string) => waiting.reject(new Error(reason))
  child.on('message', (said: Said) => ('failed' in said ? fail(said.failed) : waiting.resolve(said)))
  child.on('error', (error) => fail(error.message))
  child.on('exit', () => fail('the load of the bench ended'))
  const ask = (asked: Asked) => {
    waiting = Promise.withResolvers()
    child.send(asked)
    return waiting.promise
  }
  return {
    open: async (opening) => void (await ask({ open: opening })),
    turn: (name) => ask({ turn: name, milliseconds: turnMilliseconds }),
    stop() {
      process.off('exit', killWithBench)
      // What it was asked last has been answered, or has failed already.
      waiting.promise.catch(() => {})
      child.kill()
    },
  }
}
