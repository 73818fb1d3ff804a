import { join } from 'node:path'
import type { Bench } from './bench.js'
import type { Cores } from './cores.js'
import { type Check, checkPeer } from './correctness.js'
import { measure } from './measure.js'
import type { Options } from './options.js'
import { bareUndici } from './peers/bare-undici.js'
import { fastify } from './peers/fastify.js'
import { httpProxy3 } from './peers/http-proxy-3.js'
import { nginxLua } from './peers/nginx-lua.js'
import { nginxPlain } from './peers/nginx-plain.js'
import type { Peer, RunningPeer } from './peers/peer.js'
import { portiqueGateway } from './peers/portique-gateway.js'
import { type Measured, runRounds } from './rounds.js'
import { type RunningUpstream, startUpstream } from './upstream.js'

export const gatewayPeers: readonly Peer[] = [portiqueGateway, nginxLua, nginxPlain, fastify, httpProxy3, bareUndici]

export type GatewayResult = {
  readonly upstream: string
  readonly measured: Measured
  readonly checks: ReadonlyMap<string, readonly Check[]>
  /** Peers that could not be measured, with the reason and the mend. */
  readonly leftOut: ReadonlyMap<string, string>
}

/** Measures all gateways against one upstream; they stay up, idle, while another one is measured. */
export async function benchGateways({ options, cores, folder, screen }: Bench): Promise<GatewayResult> {
  const upstream = await startUpstream(folder, cores.upstream)
  const { started, leftOut } = await startPeers({ options, cores, folder, screen }, upstream)
  const checks = new Map<string, Check[]>()
  for (const [peer, running] of started) {
    checks.set(peer.name, await checkPeer(peer, running, cores.load))
    screen.checks(peer.name, checks.get(peer.name) ?? [])
  }
  const contestants = [...started].map(([{ name }, running]) => ({
    name,
    measure: () => measurePeer(running, options, cores),
  }))
  const measured = await runRounds(contestants, options.rounds, screen.sample)
  await Promise.all([...started.values(), upstream].map(({ child }) => child.stop()))
  return { upstream: upstream.kind, measured, checks, leftOut }
}

async function startPeers({ cores, folder, screen }: Bench, upstream: RunningUpstream) {
  const started = new Map<Peer, RunningPeer>()
  const leftOut = new Map<string, string>()
  for (const [index, peer] of gatewayPeers.entries()) {
    const setup = { upstreamUrl: upstream.url, folder: join(folder, `peer-${index}`), core: cores.gateway }
    try {
      const missing = peer.missing()
      if (missing !== undefined) throw new Error(missing)
      started.set(peer, await peer.start(setup))
    } catch (error) {
      leftOut.set(peer.name, error instanceof Error ? error.message : String(error))
      screen.leftOut(peer.name, leftOut.get(peer.name) ?? '')
    }
  }
  return { started, leftOut }
}

async function measurePeer(running: RunningPeer, { seconds, connections }: Options, cores: Cores) {
  const { first } = await running.authorizations()
  const load = { url: running.wideUrl, seconds, connections, core: cores.load, authorization: first }
  return measure({ ...load, child: running.child, gatewayCore: cores.gateway })
}
