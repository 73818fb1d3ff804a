import { Problem } from '#base'
import { invalidClient } from './oauth-refusal.js'
import type { MountedRealm } from './realm.js'

/** What an address of this room means. */
export interface Address {
  /** Throws OAuthRefusal when the query must name the realm and names none that is known. */
  realm(query: URLSearchParams): MountedRealm
  /** Path under the realm's issuer. */
  readonly path: (realm: MountedRealm) => string
  /** `client`: a client proves who it is there; `public`: any stranger may read it. */
  readonly kind: 'client' | 'public'
  /** For refusals before the realm is known. */
  readonly speaker: MountedRealm
}

/** Every address of the realms, by its exact path. */
export function addressesOf(realms: readonly MountedRealm[]): ReadonlyMap<string, Address> {
  const addresses = new Map<string, Address>()
  const put = (path: string, address: Address) => {
    if (addresses.has(path)) throw addressTaken(path)
    addresses.set(path, address)
  }
  for (const mounted of realms) {
    const { issuerPath } = mounted.realm
    const add = (kind: Address['kind'], path: string, at = `${issuerPath}${path}`) =>
      put(at, { kind, path: () => path, realm: () => mounted, speaker: mounted })
    add('client', mounted.habits.tokenPath)
    add('client', '/introspect')
    add('client', '/revoke')
    add('public', '/jwks')
    add('public', openid)
    add('public', oauth)
    // RFC 8414 section 3.1 puts the issuer's path behind the well-known one.
    add('public', oauth, `${oauth}${issuerPath}`)
  }
  for (const own of Map.groupBy(realms, (each) => each.platform).values()) addShared(put, own)
  return addresses
}

const openid = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'

function addShared(put: (path: string, address: Address) => void, realms: readonly MountedRealm[]): void {
  const [speaker] = realms
  if (speaker === undefined) return
  for (const path of speaker.habits.sharedTokenPaths) {
    put(path, {
      kind: 'client',
      path: (realm) => realm.habits.tokenPath,
      realm: (query) => realmOf(realms, query.getAll(speaker.habits.realmParameter)),
      speaker,
    })
  }
}

const addressTaken = (path: string) =>
  new Problem({
    code: 'authorization/address-taken',
    status: 500,
    text: {
      fr: `Deux royaumes ou plateformes déclarent la même adresse : ${path}`,
      en: `Two realms or platforms declare the same address: ${path}`,
    },
  })

/** `/partenaire`, `partenaire` and aliases; none or an unknown one is a client that no realm knows. */
function realmOf(realms: readonly MountedRealm[], given: readonly string[]): MountedRealm {
  const name = given.length === 1 ? given[0]?.replace(/^\//, '') : undefined
  const found = realms.find(({ realm }) => realm.name === name || (name !== undefined && realm.aliases.includes(name)))
  if (found === undefined) throw invalidClient()
  return found
}
