import type { Socket } from 'node:net'
import { BlockList, isIP } from 'node:net'

/** What is known of a connection: worked out once, not per call. */
export interface Peer {
  readonly address: string
  /** A proxy of ours: its `Forwarded` and `X-Forwarded-*` are believed. */
  readonly trusted: boolean
  readonly secure: boolean
  /** Calls under way on it: a queued answer of a pipelined request hears nothing of its socket's end (Node emits `close` on the first one only). */
  readonly running: Set<Ending>
}

/** Something to end when the connection is gone. */
export interface Ending {
  end(): void
}

export function createPeers(blocks: BlockList): (socket: Socket) => Peer {
  const known = new WeakMap<Socket, Peer>()
  return (socket) => {
    const peer = known.get(socket)
    if (peer !== undefined) return peer
    const address = plainAddress(socket.remoteAddress ?? '')
    const running = new Set<Ending>()
    const fresh = { address, trusted: isTrusted(blocks, address), secure: 'encrypted' in socket, running }
    known.set(socket, fresh)
    socket.once('close', () => {
      for (const one of running) one.end()
    })
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
