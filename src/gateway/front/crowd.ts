import type { BlockList, Socket } from 'node:net'
import { isTrusted, plainAddress } from '../request/peer.js'

/** Closes connections beyond the number that one address may hold; a trusted proxy speaks for many. */
export function createCrowd(connectionsMax: number, trusted: BlockList): (socket: Socket) => void {
  const counts = new Map<string, number>()
  return (socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    if (isTrusted(trusted, address)) return
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left === 0) counts.delete(address)
      else counts.set(address, left)
    })
    if (count > connectionsMax) socket.destroy()
  }
}
