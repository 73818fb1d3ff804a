import { join } from 'node:path'
import { startNodePeer } from './node-peer.js'
import type { Peer } from './peer.js'

/** The floor for a gateway made of `node:http` and undici's dispatch: it forwards and decides nothing. */
export const bareUndici: Peer = {
  name: 'bare node:http + undici',
  enforces: 'nothing',
  missing: () => undefined,
  start: (setup) => startNodePeer('bare undici', join(import.meta.dirname, 'bare-undici-server.js'), setup),
}
