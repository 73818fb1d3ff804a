import type { BlockList, Socket } from 'node:net'
import { addressKey } from '#base'
import { isTrusted, plainAddress } from '../request/peer.js'

/** Closes connections beyond the number that one address may hold; a trusted proxy speaks for many. */
export function createCrowd(connectionsMax: number, trusted: BlockList): (socket: Socket) => void {
  const counts = new Map<string, number>()
  return (socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    if (isTrusted(trusted, address)) return
    const key = addressKey(address)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    socket.once('close', () => {
      const left = (counts.get(key) ?? 1) - 1
      if (left === 0) counts.delete(key)
      else counts.set(key, left)
    })
    if (count > connectionsMax) socket.destroy()
  }
}
