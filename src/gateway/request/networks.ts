import type { BlockList } from 'node:net'
import { blockList, isTrusted } from './peer.js'

const known = new WeakMap<readonly string[], BlockList>()

/** Whether an address lies in one of these networks; a list is compiled once, as long as the token that brings it is kept. */
export function isWithin(networks: readonly string[], address: string): boolean {
  let blocks = known.get(networks)
  if (blocks === undefined) {
    blocks = blockList(networks)
    known.set(networks, blocks)
  }
  return isTrusted(blocks, address)
}
