import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.js'
import { measure } from './measure.js'
import { startPortique } from './portique.js'
import { table } from './table.js'
import { startUpstream } from './upstream.js'

/** Runs Portique alone under V8's sampling profiler, leaves the profiles and prints where the time went. */
export async function profilePortique({ options, cores, folder, screen }: Bench): Promise<void> {
  const profiles = await mkdtemp(join(tmpdir(), 'portique-profile-'))
  const upstream = await startUpstream(folder, cores.upstream)
  const setup = { upstreamUrl: upstream.url, folder: join(folder, 'profiled'), core: cores.gateway }
  const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${profiles}`]
  const portique = await startPortique({ ...setup, nodeOptions })
  const { wideUrl, authorizations } = await portique.publish()
  const { first } = await authorizations()
  const { seconds, connections } = options
  const load = { url: wideUrl, seconds, connections, core: cores.load, authorization: first }
  const measurement = { ...load, child: portique.child, gatewayCore: cores.gateway }
  screen.sample(1, 'Portique, profiled', await measure(measurement))
  await portique.child.stop()
  await upstream.child.stop()
  for (const name of await readdir(profiles)) await tellProfile(join(profiles, name))
}

type Profile = {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

async function tellProfile(file: string): Promise<void> {
  const profile: Profile = JSON.parse(await readFile(file, 'utf8'))
  const spent = selfTimes(profile)
  const busy = [...spent].filter(([place]) => place !== '(idle)' && place !== '(program)')
  const total = busy.reduce((sum, [, microseconds]) => sum + microseconds, 0)
  const rows = busy
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([place, microseconds]) => [place, `${((100 * microseconds) / total).toFixed(1)} %`])
  process.stdout.write(`\n${file}\n${table(['Self time', 'share'], rows)}\n`)
}

function selfTimes({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const spent = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const place = places.get(id) ?? '?'
    spent.set(place, (spent.get(place) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return spent
}

function placeOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const file = url.split('/').slice(-3).join('/')
  return `${functionName || 'anonymous'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`
}
