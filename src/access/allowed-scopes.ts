import type { Clock } from '#base'
import type { ApiVersion } from '#contract'
import type { ApplicationRecord } from './application-record.js'

interface Known {
  readonly apis: readonly ApiVersion[]
  readonly scopes: ReadonlySet<string>
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
    let until = Number.POSITIVE_INFINITY
    for (const subscription of record.access.subscriptions.values()) {
      if (subscription.endsAt !== null && subscription.endsAt <= now) continue
      until = Math.min(until, subscription.endsAt ?? Number.POSITIVE_INFINITY)
      for (const scope of apiOf(subscription.apiId)?.scopes[subscription.environment] ?? []) scopes.add(scope)
    }
    return { apis: apis(), scopes, until }
  }

  return (record: ApplicationRecord): ReadonlySet<string> => {
    const before = known.get(record)
    if (before !== undefined && before.apis === apis() && clock() < before.until) return before.scopes
    const now = workOut(record)
    known.set(record, now)
    return now.scopes
  }
}
