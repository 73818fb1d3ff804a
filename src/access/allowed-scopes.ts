import type { Clock } from '#base'
import type { ApiVersion } from '#contract'
import type { ApplicationRecord } from './application-record.js'

interface Known {
  readonly apis: readonly ApiVersion[]
  readonly scopes: ReadonlySet<string>
  readonly byRealm: ReadonlyMap<string, ReadonlySet<string>>
  /** The next end of a subscription: from then on the scopes are others. */
  readonly until: number
}

/** Scopes of an application, worked out once per change of it or of the catalogue. */
export function createAllowedScopes(apis: () => readonly ApiVersion[], clock: Clock) {
  const known = new WeakMap<ApplicationRecord, Known>()
  let index: { apis: readonly ApiVersion[]; byId: ReadonlyMap<string, ApiVersion> } | undefined

  const apiOf = (id: string) => {
    const current = apis()
    if (index?.apis !== current) index = { apis: current, byId: new Map(current.map((api) => [api.id, api])) }
    return index.byId.get(id)
  }

  const workOut = (record: ApplicationRecord): Known => {
    const now = clock()
    const scopes = new Set<string>()
    const byRealm = new Map<string, Set<string>>()
    let until = Number.POSITIVE_INFINITY
    for (const subscription of record.access.subscriptions.values()) {
      if (subscription.endsAt !== null && subscription.endsAt <= now) continue
      until = Math.min(until, subscription.endsAt ?? Number.POSITIVE_INFINITY)
      const api = apiOf(subscription.apiId)
      if (api === undefined) continue
      const own = byRealm.get(api.realm) ?? new Set()
      byRealm.set(api.realm, own)
      for (const scope of [...api.scopes[subscription.environment], ...(api.dataScopes ?? [])]) {
        scopes.add(scope)
        own.add(scope)
      }
    }
    return { apis: apis(), scopes, byRealm, until }
  }

  const knownOf = (record: ApplicationRecord): Known => {
    const before = known.get(record)
    if (before !== undefined && before.apis === apis() && clock() < before.until) return before
    const now = workOut(record)
    known.set(record, now)
    return now
  }

  /** All scopes, or those of one realm's APIs. */
  return (record: ApplicationRecord, realm?: string): ReadonlySet<string> => {
    const { scopes, byRealm } = knownOf(record)
    return realm === undefined ? scopes : (byRealm.get(realm) ?? none)
  }
}

const none: ReadonlySet<string> = new Set()
