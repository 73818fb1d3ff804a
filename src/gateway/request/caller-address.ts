import type { IncomingMessage } from 'node:http'
import { addressBlocks } from '#base'
import { callerOf } from './forwarded.js'
import { createPeers } from './peer.js'

/** Who calls, for rooms beside the data plane: the socket's address, or what proxies of ours say of it. */
export function createCallerAddress(
  trustedProxies: readonly string[],
): (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string {
  const trusted = addressBlocks(trustedProxies)
  const peerOf = createPeers(trusted)
  return ({ socket, headers }) => {
    const chain = headers['x-forwarded-for']
    const xForwardedFor = chain === undefined ? null : String(chain)
    return callerOf(peerOf(socket), { xForwardedFor, xForwardedProto: null }, trusted).address
  }
}
