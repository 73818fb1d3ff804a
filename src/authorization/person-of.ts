import { environments, type JsonObject, type Pair, type Platform, type Realm } from '#contract'
import type { Store, Vault } from '#storage'
import type { StoredToken } from './read-token.js'
import { createAccountsStore } from './sign-in/accounts-store.js'
import { knownClaims } from './sign-in/known-claims.js'

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly platforms: Iterable<Platform>
}

/**
 * The claims of the person in whose name a token was issued, where an API of its realm answers with them or an adapter of its platform
 * asks a provider by them; undefined everywhere else, so that nobody's identity is read without need.
 */
export function createPersonOf({ store, vault, platforms }: Needs) {
  const asking = new Map(
    [...platforms].flatMap((platform) =>
      platform.realms
        .filter((realm) => asksByPerson(platform) || answersWithClaims(platform, realm))
        .map((realm) => [`${platform.id}/${realm.name}`, { platform, realm }] as const),
    ),
  )
  return async ({ platform: id, realm: name, subject }: StoredToken): Promise<JsonObject | undefined> => {
    const found = asking.get(`${id}/${name}`)
    if (found === undefined || subject === undefined) return undefined
    const { platform, realm } = found
    const persona = platform.personas.find((each) => each.realm === name && each.sub === subject)
    const person = persona ?? (await createAccountsStore({ store, vault, realm: `${id}/${name}` }).find(subject))
    return person && knownClaims(realm, person)
  }
}

const answersWithClaims = ({ apis }: Platform, { name }: Realm): boolean =>
  apis.some((api) => api.realm === name && environments.some((each) => api.upstreams[each] === 'realm'))

const asksByPerson = ({ apis }: Platform): boolean =>
  apis.some(({ adapter }) =>
    Object.values(adapter?.operations ?? {}).some(({ request }) => request.pairs.some(fromPerson)),
  )

const fromPerson = ({ from }: Pair): boolean => from.some((pointer) => pointer.startsWith('/person/'))
