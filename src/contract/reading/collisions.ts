import { environments } from '../environment.js'
import type { Platform } from '../platform.js'
import { claimsOf, overlap } from './address-patterns.js'
import { type Addressed, formatPath } from './api-path.js'

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
