import { join } from 'node:path'
import type { Bench } from './bench.js'
import { startChild, untilReady } from './child.js'
import { freePort } from './free-port.js'
import { projectorBody } from './projector-body.js'
import type { Measured } from './rounds.js'
import { runTurns } from './turns.js'
import { startUpstream } from './upstream.js'

export const withoutMasks = 'without masks'
export const withMasks = 'with masks, three of four open'
export const withEvidence = 'the same, its fields named for evidence'

export type ProjectorResult = { readonly measured: Measured }

/** The same call through the same gateway, with the answer passed on as it came and with the answer shaped by scopes. */
export async function benchProjector(bench: Bench): Promise<ProjectorResult> {
  const { cores, folder } = bench
  const upstream = await startUpstream(join(folder, 'projector'), cores.upstream, projectorBody)
  const port = await freePort()
  const args = [join(import.meta.dirname, 'projector-server.js'), String(port), upstream.url]
  const child = startChild({ name: 'gateway', core: cores.gateway, command: process.execPath, args })
  const authorization = 'Bearer bench'
  const urlOf = (code: string) => `http://127.0.0.1:${port}/demo/${code}/v1/item`
  const bodyOf = async (code: string) => (await fetch(urlOf(code), { headers: { authorization } })).text()
  await untilReady(child, async () => (await bodyOf('plain')) === projectorBody)
  for (const code of ['masked', 'personal'])
    if (/adresse/.test(await bodyOf(code)) || !/enfants/.test(await bodyOf(code)))
      throw new Error(`the answer of ${code} is not what its scopes allow`)
  const contestant = (name: string, code: string) => ({ name, url: urlOf(code), pid: child.pid, authorization })
  const measured = await runTurns(bench, [
    contestant(withoutMasks, 'plain'),
    contestant(withMasks, 'masked'),
    contestant(withEvidence, 'personal'),
  ])
  await Promise.all([child.stop(), upstream.child.stop()])
  return { measured }
}
