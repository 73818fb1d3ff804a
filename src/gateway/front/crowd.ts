import type { Socket } from 'node:net'
import { type AddressBlocks, addressKey } from '#base'
import { plainAddress } from '../request/peer.js'

/** Closes connections beyond the number that one address may hold; a trusted proxy speaks for many. */
export function createCrowd(connectionsMax: number, trusted: AddressBlocks): (socket: Socket) => void {
  const counts = new Map<string, number>()
  return (socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    if (trusted(address)) return
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
