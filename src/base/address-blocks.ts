import { BlockList, isIP } from 'node:net'

/** Whether an address lies within. */
export type AddressBlocks = (address: string) => boolean

/**
 * Addresses and CIDR blocks; throws on anything else. A block holds addresses of its own family alone, so that `::/0` admits nobody over IPv4;
 * IPv4 in IPv6 clothes (`::ffff:10.0.0.1`) is IPv4 on either side.
 */
export function addressBlocks(entries: readonly string[]): AddressBlocks {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
  for (const entry of entries) {
    const [written = '', bits] = entry.split('/')
    const { address, family, bitsLess } = plain(written)
    if (bits === undefined) lists[family].addAddress(address, family)
    else lists[family].addSubnet(address, Number(bits) - bitsLess, family)
  }
  return (text) => {
    const { address, family } = plain(text)
    return isIP(address) !== 0 && lists[family].check(address, family)
  }
}

const clothed = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function plain(text: string) {
  const inside = clothed.exec(text)?.[1]
  if (inside !== undefined) return { address: inside, family: 'ipv4', bitsLess: 96 } as const
  return { address: text, family: isIP(text) === 6 ? 'ipv6' : 'ipv4', bitsLess: 0 } as const
}
