import type { JsonObject, Pair, Platform } from '#contract'
import type { Store, Vault } from '#storage'
import type { StoredToken } from './read-token.js'
import { createAccountsStore } from './sign-in/accounts-store.js'

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly platforms: Iterable<Platform>
}

/**
 * The claims of the person in whose name a token was issued, where an adapter of its platform asks a provider by them; undefined everywhere
 * else, so that nobody's identity is read without need.
 */
export function createPersonOf({ store, vault, platforms }: Needs) {
  const asking = new Map([...platforms].filter(asksByPerson).map((platform) => [platform.id, platform]))
  return async ({ platform: id, realm, subject }: StoredToken): Promise<JsonObject | undefined> => {
    const platform = asking.get(id)
    if (platform === undefined || realm === undefined || subject === undefined) return undefined
    const persona = platform.personas.find((each) => each.realm === realm && each.sub === subject)
    if (persona !== undefined) return persona.claims
    const account = await createAccountsStore({ store, vault, realm: `${id}/${realm}` }).find(subject)
    return account?.claims
  }
}

const asksByPerson = ({ apis }: Platform): boolean =>
  apis.some(({ adapter }) =>
    Object.values(adapter?.operations ?? {}).some(({ request }) => request.pairs.some(fromPerson)),
  )

const fromPerson = ({ from }: Pair): boolean => from.some((pointer) => pointer.startsWith('/person/'))
