import type { Access } from '#access'
import { type ApiVersion, environments, type JsonObject, type Pair, type Platform, type Realm } from '#contract'
import type { Store, Vault } from '#storage'
import type { StoredToken } from './read-token.js'
import { createAccountsStore } from './sign-in/accounts-store.js'
import { knownClaims } from './sign-in/known-claims.js'

interface Needs {
  readonly store: Store
  readonly vault: Vault
  readonly access: Pick<Access, 'snapshot'>
}

export interface PersonOf {
  /** Whether an API of the realm answers with the claims of the person signed in, or an adapter of its platform asks a provider by them. */
  asks(platform: string, realm: string | undefined): boolean
  /** The claims of the person in whose name a token was issued; undefined where nobody asks, so that nobody's identity is read without need. */
  find(token: StoredToken): Promise<JsonObject | undefined>
}

export function createPersonOf({ store, vault, access }: Needs): PersonOf {
  const asking = askingNow(access)
  return {
    asks: (platform, realm) => asking().has(`${platform}/${realm}`),
    async find({ platform: id, realm: name, subject }) {
      const found = asking().get(`${id}/${name}`)
      if (found === undefined || subject === undefined) return undefined
      const { platform, realm } = found
      const persona = platform.personas.find((each) => each.realm === name && each.sub === subject)
      const person = persona ?? (await createAccountsStore({ store, vault, realm: `${id}/${name}` }).find(subject))
      return person && knownClaims(realm, person)
    },
  }
}

interface Asking {
  readonly platform: Platform
  readonly realm: Realm
}

/** Realms by `<platform>/<realm>`, worked out again once other APIs are on the air: one may be published while the process runs. */
function askingNow({ snapshot }: Pick<Access, 'snapshot'>) {
  let seen: readonly ApiVersion[] | null = null
  let known: ReadonlyMap<string, Asking> = new Map()
  return () => {
    const { apis, platforms } = snapshot()
    if (apis === seen) return known
    seen = apis
    known = new Map(
      [...platforms.values()].flatMap((platform) => {
        const own = apis.filter((api) => api.platform === platform.id)
        return platform.realms
          .filter((realm) => asksByPerson(own) || answersWithClaims(own, realm))
          .map((realm) => [`${platform.id}/${realm.name}`, { platform, realm }] as const)
      }),
    )
    return known
  }
}

const answersWithClaims = (apis: readonly ApiVersion[], { name }: Realm): boolean =>
  apis.some((api) => api.realm === name && environments.some((each) => api.upstreams[each] === 'realm'))

const asksByPerson = (apis: readonly ApiVersion[]): boolean =>
  apis.some(({ adapter }) =>
    Object.values(adapter?.operations ?? {}).some(({ request }) => request.pairs.some(fromPerson)),
  )

const fromPerson = ({ from }: Pair): boolean => from.some((pointer) => pointer.startsWith('/person/'))
