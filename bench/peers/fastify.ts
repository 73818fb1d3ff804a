import { installNodePeers, nodePeerScript } from './installed-peers.js'
import { startNodePeer } from './node-peer.js'
import type { Peer } from './peer.js'

/** `@fastify/http-proxy` with `@fastify/rate-limit`: the gateway one composes from well-known Node parts. */
export const fastify: Peer = {
  name: '@fastify/http-proxy + rate-limit',
  enforces: 'token, scope, quota per application',
  missing: installNodePeers,
  start: (setup) => startNodePeer('fastify', nodePeerScript('fastify-server.js'), setup),
}
