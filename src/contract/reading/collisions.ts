import { environments } from '../environment.js'
import type { Platform } from '../platform.js'
import { realmAddresses } from '../realm-addresses.js'
import { claimsOf, overlap, type PatternSegment } from './address-patterns.js'
import { type Addressed, basePath, formatPath, parameterIn } from './api-path.js'

/** A version whose path another version already has, in either environment; null: none. */
export function collisionIn<T extends Addressed>(
  shape: Platform['path'],
  api: Addressed,
  others: readonly T[],
): T | null {
  const own = new Set(paths(shape, api))
  return others.find((other) => paths(shape, other).some((path) => own.has(path))) ?? null
}

const paths = (shape: Platform['path'], api: Addressed) =>
  environments.map((environment) => formatPath(shape, api, { environment }))

/** What a version takes from a realm of these platforms, whose addresses are asked first; null: nothing. */
export function realmCollision(
  shape: Platform['path'],
  api: Addressed,
  platforms: Iterable<Pick<Platform, 'id' | 'realms' | 'oauth'>>,
): { readonly reason: string; readonly mend: string } | null {
  const own = environments.map((environment) => basePath(shape, api, environment).segments.map(patternSegment))
  for (const platform of platforms)
    for (const realm of platform.realms) {
      const met = realmAddresses(platform, realm).find((address) =>
        own.some((pattern) => overlap(pattern, address.slice(1).split('/'))),
      )
      if (met !== undefined)
        return {
          reason: `its paths collide with "${met}", an address of the realm "${realm.name}" of "${platform.id}"`,
          mend: 'Choose another path for the API, or another issuer_path for the realm.',
        }
    }
  return null
}

function patternSegment(segment: string): PatternSegment {
  const parameter = parameterIn(segment)
  return parameter === null ? segment : { parameter }
}

/** What two platforms both claim, or null: on the bare address the path alone says whose call it is, on a mapped host the host does. */
export function platformCollision(
  one: Platform,
  other: Platform,
): { readonly path: readonly (string | number)[]; readonly reason: string } | null {
  const others = claimsOf(other)
  if (claimsOf(one).some((claim) => others.some((another) => overlap(claim, another)))) {
    return {
      path: ['path'],
      reason: `its paths collide with those of the platform "${other.id}" (${other.path.source})`,
    }
  }
  const issuers = new Set(other.realms.map(({ issuerPath }) => issuerPath))
  const realm = one.realms.find(({ issuerPath }) => issuers.has(issuerPath))
  if (realm !== undefined) {
    return {
      path: ['realms', realm.name, 'issuer_path'],
      reason: `the issuer "${realm.issuerPath}" is already that of a realm of "${other.id}"`,
    }
  }
  const hosts = new Set(environments.flatMap((environment) => other.hosts[environment].api))
  for (const environment of environments) {
    const index = one.hosts[environment].api.findIndex((host) => hosts.has(host))
    if (index >= 0) {
      const path = ['environments', environment, 'hosts', 'api', index]
      return {
        path,
        reason: `the host "${one.hosts[environment].api[index]}" is already that of the platform "${other.id}"`,
      }
    }
  }
  return null
}
