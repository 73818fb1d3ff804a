import { installNodePeers, nodePeerScript } from './installed-peers.js'
import { startNodePeer } from './node-peer.js'
import type { Peer } from './peer.js'

/** `http-proxy-3` with kept connections and no policy. */
export const httpProxy3: Peer = {
  name: 'http-proxy-3',
  enforces: 'nothing',
  missing: installNodePeers,
  start: (setup) => startNodePeer('http-proxy-3', nodePeerScript('http-proxy-3-server.js'), setup),
}
