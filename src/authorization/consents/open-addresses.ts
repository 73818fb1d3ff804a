import { type AddressBlocks, addressBlocks } from '#base'

/** Networks that no stranger's address may lead to (RFC 6890). */
const special = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16',
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  '::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8',
].flatMap((line) => line.split(' '))

/** Every public address, and those of `allowed` (CIDR blocks). */
export function openAddresses(allowed: readonly string[]): AddressBlocks {
  const closed = addressBlocks(special)
  const open = addressBlocks(allowed)
  return (address) => open(address) || !closed(address)
}
