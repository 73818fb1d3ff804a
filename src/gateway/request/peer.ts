import type { Socket } from 'node:net'
import type { AddressBlocks } from '#base'

/** What is known of a connection: worked out once, not per call. */
export interface Peer {
  readonly address: string
  /** A proxy of ours: its `Forwarded` and `X-Forwarded-*` are believed. */
  readonly trusted: boolean
  readonly secure: boolean
  /** The caller when no proxy of ours speaks for another. */
  readonly caller: Caller
}

/** The caller, as far as it can be believed. */
export interface Caller {
  readonly address: string
  readonly protocol: 'http' | 'https'
}

export function createPeers(trusted: AddressBlocks): (socket: Socket) => Peer {
  const known = new WeakMap<Socket, Peer>()
  return (socket) => {
    const peer = known.get(socket)
    if (peer !== undefined) return peer
    const address = plainAddress(socket.remoteAddress ?? '')
    const secure = 'encrypted' in socket
    const caller: Caller = { address, protocol: secure ? 'https' : 'http' }
    const fresh = { address, trusted: trusted(address), secure, caller }
    known.set(socket, fresh)
    return fresh
  }
}

/** IPv4 in IPv6 clothes (`::ffff:10.0.0.1`) is IPv4. */
export const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address)
