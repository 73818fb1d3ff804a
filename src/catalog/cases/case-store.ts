import type { CaseStore, CaseStoreOptions } from './cases.js'
import { importCases } from './import-cases.js'
import { type KeptCases, readCases } from './read-cases.js'

/** Reads what is kept and follows the change feed. */
export async function createCaseStore(options: CaseStoreOptions): Promise<CaseStore> {
  const { store, log } = options
  let kept: KeptCases = await readCases(store)
  let reading: Promise<void> = Promise.resolve()
  const refresh = () => {
    reading = reading
      .catch(() => {})
      .then(async () => {
        kept = await readCases(store)
      })
    return reading
  }
  const stop = store.feed.subscribe(({ topic }) => {
    if (topic === 'sandbox' || topic === '*')
      refresh().catch((error) => log.error('catalog/cases-unread', { reason: String(error) }))
  })
  return {
    async import(request) {
      const outcomes = await importCases(request, options)
      await refresh()
      return outcomes
    },
    of: (api, applicationId) => kept.of(api, applicationId),
    close: stop,
  }
}
