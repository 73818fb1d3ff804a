import { type AddressBlocks, addressBlocks } from '#base'

const known = new WeakMap<readonly string[], AddressBlocks>()

/** Whether an address lies in one of these networks; a list is compiled once, as long as the token that brings it is kept. */
export function isWithin(networks: readonly string[], address: string): boolean {
  let blocks = known.get(networks)
  if (blocks === undefined) {
    blocks = addressBlocks(networks)
    known.set(networks, blocks)
  }
  return blocks(address)
}
