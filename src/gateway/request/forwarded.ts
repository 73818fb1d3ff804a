import { isIP } from 'node:net'
import type { AddressBlocks } from '#base'
import { type Caller, type Peer, plainAddress } from './peer.js'

/** What the caller's side says of itself through proxies. */
export interface ForwardedClaims {
  readonly xForwardedFor: string | null
  readonly xForwardedProto: string | null
}

/** Walks the chain from the nearest hop outwards and stops at the first address that is no proxy of ours: what stands before it is hearsay. */
export function callerOf(peer: Peer, claims: ForwardedClaims, trusted: AddressBlocks): Caller {
  if (!peer.trusted || claims.xForwardedFor === null) return peer.caller
  const hops = claims.xForwardedFor.split(',').map((hop) => plainAddress(hop.trim()))
  const protocol = claims.xForwardedProto === 'https' || peer.secure ? 'https' : 'http'
  let address = peer.address
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) break
    address = hop
    if (!trusted(hop)) break
  }
  return { address, protocol }
}

/** `Forwarded` (RFC 7239) and its elder cousins, said by us alone. */
export function pushForwarded(headers: string[], caller: Caller, host: string): void {
  const node = caller.address.includes(':') ? `"[${caller.address}]"` : caller.address
  headers.push(
    'Forwarded',
    `for=${node};host="${host}";proto=${caller.protocol}`,
    'X-Forwarded-For',
    caller.address,
    'X-Forwarded-Host',
    host,
    'X-Forwarded-Proto',
    caller.protocol,
  )
}
