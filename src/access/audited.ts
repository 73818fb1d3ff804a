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

/** Runs `work` in one transaction with its audit entries and its changes: all of it or none. `work` gives the deeds; null or none: nothing changed. */
export async function audited(
  { store, identifiers, clock }: AuditedOptions,
  work: (transaction: Transaction<Database>, now: number) => Promise<Deed | readonly Deed[] | null>,
): Promise<boolean> {
  const now = clock()
  return store.transaction(async (transaction) => {
    const done = await work(transaction, now)
    const deeds: readonly Deed[] = done === null ? [] : 'length' in done ? done : [done]
    if (deeds.length === 0) return false
    const entries = deeds.map(({ actor, action, applicationId, detail }) => ({
      ...{ id: identifiers.id('aud'), at: now, actor, action },
      object: `application:${applicationId}`,
      detail: JSON.stringify(detail),
    }))
    await transaction.insertInto('audit').values(entries).execute()
    for (const change of deeds.flatMap(({ changes = [] }) => changes)) await store.feed.publish(transaction, change)
    for (const key of new Set(deeds.map(({ applicationId }) => applicationId)))
      await store.feed.publish(transaction, { topic: 'access', key })
    return true
  })
}
