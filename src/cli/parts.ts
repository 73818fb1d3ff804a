import type { Platform } from '#contract'
import type { ServeAddresses } from './serve-settings.js'

/** The parts of Portique that a host name serves. */
export interface Parts {
  readonly portal: boolean
  readonly authorization: boolean
  readonly gateway: boolean
}

/** All on one port, as `portique dev` has it. */
export const everyPart: Parts = Object.freeze({ portal: true, authorization: true, gateway: true })

/**
 * Which parts a host serves in production, so that a page or a provider's answer never shares an origin with a sign-in (decision 13):
 * the three public addresses, and the hosts that platforms declare. Null: a stranger's name. Hosts are lower-case, with their port.
 */
export function partsByHost(addresses: ServeAddresses, platforms: readonly Platform[]): (host: string) => Parts | null {
  const own = Object.fromEntries(Object.entries(addresses).map(([part, url]) => [part, new URL(url).host]))
  const declared = platforms.flatMap((platform) => Object.values(platform.hosts))
  const authorization = namesOf(declared.flatMap((hosts) => hosts.authorization))
  const api = namesOf(declared.flatMap((hosts) => hosts.api))
  return (host) => {
    const name = host.replace(/:\d+$/, '')
    const parts: Parts = {
      portal: host === own.portal,
      authorization: host === own.authorization || authorization.has(host) || authorization.has(name),
      gateway: host === own.gateway || api.has(host) || api.has(name),
    }
    return Object.values(parts).includes(true) ? parts : null
  }
}

const namesOf = (hosts: readonly string[]): ReadonlySet<string> => new Set(hosts.map((host) => host.toLowerCase()))
