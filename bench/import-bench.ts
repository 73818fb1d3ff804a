import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadPlatforms } from '#contract'
import { writeCaseFolder } from '../test/sandbox-import/case-folder.js'
import type { Bench } from './bench.js'
import { type Child, startChild } from './child.js'
import { median } from './median.js'
import { projectFolder } from './paths.js'
import { startPortique } from './portique.js'
import { portiqueMain } from './portique-command.js'

const platformId = 'api-particulier'
const roundsMost = 3

/** One import of a folder into a running process. */
export type ImportSample = {
  readonly files: number
  readonly seconds: number
  /** Peak memory of the command and of the process that serves meanwhile. */
  readonly commandBytes: number
  readonly servingBytes: number
}

export type ImportResult = { readonly first: ImportSample; readonly again: ImportSample }

/** A thousand invented case files: taken the first time, and found unchanged the second. */
export async function benchImport(bench: Bench): Promise<ImportResult> {
  const first: ImportSample[] = []
  const again: ImportSample[] = []
  for (let round = 0; round < Math.min(bench.options.rounds, roundsMost); round += 1) {
    const folder = join(bench.folder, `import-${round}`)
    const payloads = join(folder, 'payloads')
    const files = await writeThousand(payloads)
    const portique = await startPortique({ upstreamUrl: '', folder, core: bench.cores.gateway })
    const data = join(folder, 'data')
    const run = () => importOnce({ payloads, data, files, core: bench.cores.load, serving: portique.child })
    first.push(await run())
    again.push(await run())
    await portique.child.stop()
    for (const [name, samples] of Object.entries({ first, again }))
      bench.screen.note(round, `import, ${name}`, told(samples))
  }
  return { first: medianOf(first), again: medianOf(again) }
}

const told = (samples: readonly ImportSample[]) => {
  const { files, seconds } = samples.at(-1) ?? { files: 0, seconds: 1 }
  return `${Math.round(files / seconds)} files/s`
}

async function writeThousand(root: string): Promise<number> {
  const { platforms } = await loadPlatforms(join(projectFolder, 'platforms'))
  const platform = platforms.find(({ id }) => id === platformId)
  if (platform === undefined) throw new Error(`no platform ${platformId}`)
  const folders = platform.apis
    .flatMap(({ operations }) => operations)
    .filter(({ definition }) => definition['x-case-folders'] !== undefined).length
  await mkdir(root, { recursive: true })
  const perFolder = Math.ceil(1_000 / folders) - 1
  await writeCaseFolder(root, platform, perFolder)
  return folders * (perFolder + 1)
}

interface Import {
  readonly payloads: string
  readonly data: string
  readonly files: number
  readonly core: number
  readonly serving: Child
}

async function importOnce({ payloads, data, files, core, serving }: Import): Promise<ImportSample> {
  const args = [portiqueMain, 'sandbox', 'import', payloads, '--platform', platformId, '--quiet']
  const started = performance.now()
  const child = startChild({ name: 'import', core, command: process.execPath, args, env: { PORTIQUE_DATA: data } })
  let commandBytes = 0
  while (!child.ended()) {
    commandBytes = Math.max(commandBytes, peakBytes(child.pid))
    await sleep(5)
  }
  const seconds = (performance.now() - started) / 1_000
  if (!child.said().includes(`${files} taken, 0 refused`)) throw new Error(`the import went wrong: ${child.said()}`)
  return { files, seconds, commandBytes, servingBytes: peakBytes(serving.pid) }
}

/** `VmHWM` of proc(5), in kilobytes there; 0 once the process has ended. */
function peakBytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}

function medianOf(samples: readonly ImportSample[]): ImportSample {
  const of = (pick: (sample: ImportSample) => number) => median(samples.map(pick))
  return {
    files: of(({ files }) => files),
    seconds: of(({ seconds }) => seconds),
    commandBytes: of(({ commandBytes }) => commandBytes),
    servingBytes: of(({ servingBytes }) => servingBytes),
  }
}
