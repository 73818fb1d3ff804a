import { isIPv4, isIPv6 } from 'node:net'

/** Equal for addresses that one subscriber holds: an IPv6 address counts with its whole /64 network, out of which anyone takes as many as she likes. */
export function addressKey(address: string): string {
  const plain = unmapped(address)
  return isIPv6(plain) ? networkOf(plain, 4) : plain
}

/** Equal for addresses that one customer of a network may hold at most: an IPv6 /48, which sites are given whole, an IPv4 /24. */
export function networkKey(address: string): string {
  const plain = unmapped(address)
  if (isIPv6(plain)) return networkOf(plain, 3)
  return isIPv4(plain) ? `${plain.split('.').slice(0, 3).join('.')}.0/24` : plain
}

const unmapped = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address

function networkOf(address: string, groups: number): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const front = groupsOf(head)
  const back = tail === undefined ? [] : groupsOf(tail)
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  const network = [...front, ...zeros, ...back].slice(0, groups)
  return `${network.map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':')}::/${groups * 16}`
}

/** Sixteen bits each; an IPv4 ending stands for two. */
const groupsOf = (text: string): readonly string[] =>
  text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]))
