import { createCaseNotes } from '#sandbox'
import type { CaseStore, CaseStoreOptions } from './cases.js'
import { addCase, editCase, removeCase, restoreCase } from './change-cases.js'
import { caseHistory, listCases, showCase } from './find-cases.js'
import { importCases } from './import-cases.js'
import { listsFor } from './kept-lists.js'
import { type KeptLists, readCases } from './read-cases.js'

/** Reads what is kept and follows the change feed. */
export async function createCaseStore(options: CaseStoreOptions): Promise<CaseStore> {
  const { store, log } = options
  const notesOf = createCaseNotes()
  let kept: KeptLists = await readCases(store)
  let listFor = listsFor(kept)
  let reading: Promise<void> = Promise.resolve()
  const refresh = (api?: string) => {
    reading = reading
      .catch(() => {})
      .then(async () => {
        kept = await readCases(store, kept, api)
        listFor = listsFor(kept)
      })
    return reading
  }
  const stop = store.feed.subscribe(({ topic, key }) => {
    // A platform's name alone stands for all its APIs.
    if (topic === 'sandbox' || topic === '*')
      refresh(topic === 'sandbox' && key.includes('/') ? key : undefined).catch((error) =>
        log.error('catalog/cases-unread', { reason: String(error) }),
      )
  })
  /** A change is told to this node before its transaction resolves: what stands in line now has read it. */
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    await reading
    return result
  }
  return {
    import: (request) => settled(importCases(request, { ...options, notesOf })),
    add: (request) => settled(addCase(request, options)),
    edit: (request) => settled(editCase(request, options)),
    remove: (request) => settled(removeCase(request, options)),
    restore: (request) => settled(restoreCase(request, { ...options, notesOf })),
    show: (id) => showCase(store, id),
    list: (filter) => listCases(store, filter),
    history: (id) => caseHistory(store, id),
    of: (api, applicationId) => listFor(api, applicationId),
    close: stop,
  }
}
