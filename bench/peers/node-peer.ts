import { startChild } from '../child.js'
import { freePort } from '../free-port.js'
import { fixedTokens, policy } from '../policy.js'
import { fixedTokenPeer } from './fixed-token-peer.js'
import type { PeerSetup, RunningPeer } from './peer.js'

/** Starts a Node program as a peer; it reads its port, upstream, tokens and policy from `BENCH_PEER`. */
export async function startNodePeer(name: string, script: string, setup: PeerSetup): Promise<RunningPeer> {
  const port = await freePort()
  const peer = { port, upstreamUrl: setup.upstreamUrl, policy, tokens: Object.values(fixedTokens) }
  const env = { BENCH_PEER: JSON.stringify(peer) }
  return fixedTokenPeer(startChild({ name, core: setup.core, command: process.execPath, args: [script], env }), port)
}
