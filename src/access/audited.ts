import type { Transaction } from 'kysely'
import type { Clock, Identifiers } from '#base'
import type { Change, Database, Store } from '#storage'

export interface Deed {
  readonly actor: string
  /** `access.<verb>` */
  readonly action: string
  readonly applicationId: string
  /** No secret, no personal value. */
  readonly detail: Readonly<Record<string, unknown>>
  /** What else has changed beside the application's record. */
  readonly changes?: readonly Change[]
}

export interface AuditedOptions {
  readonly store: Store
  readonly identifiers: Identifiers
  readonly clock: Clock
}

/** Runs `work` in one transaction with its audit entry and its change: all of it or none. `work` gives the deed, or null when nothing changed. */
export async function audited(
  { store, identifiers, clock }: AuditedOptions,
  work: (transaction: Transaction<Database>, now: number) => Promise<Deed | null>,
): Promise<boolean> {
  const now = clock()
  return store.transaction(async (transaction) => {
    const deed = await work(transaction, now)
    if (deed === null) return false
    await transaction
      .insertInto('audit')
      .values({
        id: identifiers.id('aud'),
        at: now,
        actor: deed.actor,
        action: deed.action,
        object: `application:${deed.applicationId}`,
        detail: JSON.stringify(deed.detail),
      })
      .execute()
    for (const change of deed.changes ?? []) await store.feed.publish(transaction, change)
    await store.feed.publish(transaction, { topic: 'access', key: deed.applicationId })
    return true
  })
}
