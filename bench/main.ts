import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.js'
import { type Bound, evidenceBounds, gatewayBounds, importBounds, projectorBounds, tokenBounds } from './bounds.js'
import { killChildren } from './child.js'
import { chooseCores } from './cores.js'
import { benchEvidence } from './evidence-bench.js'
import { benchGateways } from './gateway-bench.js'
import { benchImport } from './import-bench.js'
import { describeMachine } from './machine.js'
import { type Options, type Part, readOptions } from './options.js'
import { benchFolder } from './paths.js'
import { profilePortique } from './profile.js'
import { benchProjector } from './projector-bench.js'
import { boundsReport, evidenceReport, gatewayReport, importReport, projectorReport, tokenReport } from './report.js'
import { screen } from './screen.js'
import { benchTokens } from './token-bench.js'

process.on('exit', killChildren)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))

// Debian keeps nginx where the path of an ordinary account does not lead.
process.env.PATH = `${process.env.PATH}:/usr/sbin`

const options = readOptions(process.argv)
requireTools()
const folder = await mkdtemp(join(tmpdir(), 'portique-bench-'))
process.on('exit', () => execFileSync('rm', ['-rf', folder]))

const bench: Bench = { options, cores: chooseCores(), folder, screen }
if (options.profile) await profilePortique(bench)
else process.exitCode = (await runBench(bench)) ? 0 : 1

/** Runs what was asked for, prints it, keeps it when it is a whole run; true when every bound is kept. */
async function runBench(bench: Bench): Promise<boolean> {
  const parts: string[] = []
  const bounds: Bound[] = []
  if (wanted('gateway')) {
    screen.heading('Gateways')
    const result = await benchGateways(bench)
    parts.push(gatewayReport(result))
    bounds.push(...gatewayBounds(result))
  }
  if (wanted('token')) {
    screen.heading('Token endpoints')
    const result = await benchTokens(bench)
    parts.push(tokenReport(result))
    bounds.push(...tokenBounds(result))
  }
  if (wanted('projector')) {
    screen.heading('Answers that scopes shape')
    const result = await benchProjector(bench)
    parts.push(projectorReport(result))
    bounds.push(...projectorBounds(result))
  }
  if (wanted('evidence')) {
    screen.heading('Evidence of calls for personal data')
    const result = await benchEvidence(bench)
    parts.push(evidenceReport(result))
    bounds.push(...evidenceBounds(result))
  }
  if (wanted('import')) {
    screen.heading('Import of sandbox cases')
    const result = await benchImport(bench)
    parts.push(importReport(result))
    bounds.push(...importBounds(result))
  }
  parts.push(boundsReport(bounds))
  screen.heading('Results')
  process.stdout.write(`\n${parts.join('\n\n')}\n\n`)
  await keep(parts)
  return bounds.every((bound) => bound.kept)
}

function wanted(part: Part): boolean {
  return options.only === undefined || options.only === part
}

async function keep(parts: readonly string[]): Promise<void> {
  if (options.quick || options.only !== undefined) {
    process.stdout.write('A partial run is not kept; a whole one is written to bench/results.\n')
    return
  }
  const date = new Date().toISOString().slice(0, 10)
  const file = join(benchFolder, 'results', `${date}.md`)
  await mkdir(join(benchFolder, 'results'), { recursive: true })
  await writeFile(file, `${[`# Bench of ${date}`, conditions(options), ...parts].join('\n\n')}\n`)
  process.stdout.write(`Written to bench/results/${date}.md\n`)
}

function conditions({ rounds, seconds, connections }: Options): string {
  const how = `${rounds} interleaved rounds of ${seconds} s, ${connections} keep-alive connections, medians; of ratios, the median of those of each round`
  const others = 'others: share of the core of the gateway under test that other programs took meanwhile'
  return [...describeMachine(), how, others].map((line) => `- ${line}`).join('\n')
}

function requireTools(): void {
  const missing = ['taskset', 'wrk'].filter((tool) => !isInstalled(tool))
  if (missing.length === 0) return
  process.stderr.write(
    `bench needs ${missing.join(' and ')} (Debian: apt-get install util-linux wrk); it runs on Linux.\n`,
  )
  process.exit(2)
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`])
    return true
  } catch {
    return false
  }
}
