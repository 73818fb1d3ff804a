import type { CatalogSnapshot } from '#contract'
import type { Store } from '#storage'
import type { CatalogView } from './access.js'
import { ApplicationMap } from './application-map.js'
import { type ApplicationRecord, type ApplicationRows, type LiveCredential, toRecord } from './application-record.js'
import { loadApplication, loadApplications } from './load-applications.js'

export interface Records {
  snapshot(): CatalogSnapshot
  record(id: string): ApplicationRecord | undefined
  fresh(id: string, fromStore?: 'fromStore'): Promise<ApplicationRecord | undefined>
  apiKey(hash: string): { readonly applicationId: string; readonly credential: LiveCredential } | undefined
  all(): Iterable<ApplicationRecord>
  close(): void
}

/** What is in force, in memory, following the change feed: a changed application is not trusted until it was read again. */
export async function createRecords(store: Store, catalog: CatalogView): Promise<Records> {
  const records = new Map<string, ApplicationRecord>()
  const keys = new Map<string, { applicationId: string; credential: LiveCredential }>()
  /** Applications known to have changed since they were read, with the number of changes told. */
  const stale = new Map<string, number>()
  const loads = new Map<string, Promise<void>>()
  let applications = ApplicationMap.of([])
  let current: CatalogSnapshot | undefined

  const markStale = (id: string) => {
    stale.set(id, (stale.get(id) ?? 0) + 1)
    load(id).catch(() => {})
  }
  /** The feed was cut for so long that nothing is known for sure, not even which applications there are. */
  const markAllStale = async () => {
    for (const id of records.keys()) markStale(id)
    for (const { id } of await store.db.selectFrom('application').select('id').execute())
      if (!records.has(id)) markStale(id)
  }
  const unsubscribe = store.feed.subscribe((change) => {
    if (change.topic === 'access') markStale(change.key)
    else if (change.topic === '*') markAllStale().catch(() => {})
  })

  const apply = (id: string, rows: ApplicationRows | undefined) => {
    const before = records.get(id)
    for (const credential of before?.credentials ?? []) keys.delete(credential.hash)
    const record = rows === undefined ? undefined : toRecord(rows, before)
    if (record === undefined) records.delete(id)
    else records.set(id, record)
    for (const credential of record?.credentials ?? []) {
      if (credential.kind === 'api-key') keys.set(credential.hash, { applicationId: id, credential })
    }
    return record
  }

  const read = async (id: string) => {
    let told: number | undefined
    do {
      told = stale.get(id)
      const rows = await loadApplication(store, id)
      if (stale.get(id) !== told) continue
      stale.delete(id)
      applications = applications.with(id, apply(id, rows)?.access)
    } while (stale.has(id))
  }

  /** One read at a time for one application; a change told meanwhile makes it read again. */
  function load(id: string): Promise<void> {
    const running = loads.get(id)
    if (running !== undefined) return running
    const load = read(id).finally(() => loads.delete(id))
    loads.set(id, load)
    return load
  }

  const loaded = await loadApplications(store)
  for (const rows of loaded) if (!stale.has(rows.application.id)) apply(rows.application.id, rows)
  applications = ApplicationMap.of([...records.values()].map((record) => record.access))
  await Promise.all([...stale.keys()].map(load))

  return {
    snapshot() {
      const apis = catalog.apis()
      const platforms = catalog.platforms()
      if (current?.apis === apis && current.platforms === platforms && current.applications === applications) {
        return current
      }
      current = Object.freeze({ revision: (current?.revision ?? 0) + 1, platforms, apis, applications })
      return current
    },
    record: (id) => (stale.has(id) ? undefined : records.get(id)),
    async fresh(id, fromStore) {
      // A read that began earlier may have seen the state before: what the caller asks is the state from now on.
      if (fromStore !== undefined) await loads.get(id)?.catch(() => {})
      if (fromStore !== undefined || stale.has(id)) await load(id)
      return records.get(id)
    },
    apiKey: (hash) => keys.get(hash),
    all: () => records.values(),
    close: unsubscribe,
  }
}
