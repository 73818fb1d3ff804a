import type { Socket } from 'node:net'
import { BlockList, isIP } from 'node:net'

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

export function createPeers(blocks: BlockList): (socket: Socket) => Peer {
  const known = new WeakMap<Socket, Peer>()
  return (socket) => {
    const peer = known.get(socket)
    if (peer !== undefined) return peer
    const address = plainAddress(socket.remoteAddress ?? '')
    const secure = 'encrypted' in socket
    const caller: Caller = { address, protocol: secure ? 'https' : 'http' }
    const fresh = { address, trusted: isTrusted(blocks, address), secure, caller }
    known.set(socket, fresh)
    return fresh
  }
}

/** IPv4 in IPv6 clothes (`::ffff:10.0.0.1`) is IPv4. */
export const plainAddress = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address)

export const isTrusted = (blocks: BlockList, address: string): boolean =>
  isIP(address) !== 0 && blocks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Addresses or CIDR blocks; throws on anything else, at start. */
export function blockList(entries: readonly string[]): BlockList {
  const blocks = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) blocks.addAddress(address, family)
    else blocks.addSubnet(address, Number(bits), family)
  }
  return blocks
}
