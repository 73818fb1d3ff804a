import type { Clock, Identifiers, Log } from '#base'
import type { ApiVersion, SandboxCase } from '#contract'
import type { Store } from '#storage'
import { importCases } from './import-cases.js'
import { type KeptCases, readCases } from './read-cases.js'

/** A case to be kept, as its file says it. */
export interface CaseToKeep {
  readonly file: string
  /** Names the operation: one of its `x-case-folders`. */
  readonly folder: string
  readonly title: string
  readonly params: Readonly<Record<string, unknown>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
}

export interface CaseImport {
  readonly platform: string
  /** Whose alone they are; null: shared by all. */
  readonly applicationId: string | null
  readonly cases: readonly CaseToKeep[]
  readonly actor: string
}

/** What became of one file. */
export type CaseOutcome =
  | { readonly file: string; readonly api: string; readonly notes: readonly string[] }
  | { readonly file: string; readonly refused: string }

/** Sandbox cases kept in the store, beside those of the platforms' folders. */
export interface CaseStore {
  /** All that can be kept is kept, in one transaction; a file that was imported before is replaced. */
  import(request: CaseImport): Promise<readonly CaseOutcome[]>
  /** An application's own cases, then those that all share; the same list until something changes. */
  of(api: string, applicationId: string): readonly SandboxCase[]
  close(): void
}

export interface CaseStoreOptions {
  readonly store: Store
  readonly apis: () => readonly ApiVersion[]
  readonly identifiers: Identifiers
  readonly now: Clock
  readonly log: Log
}

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
