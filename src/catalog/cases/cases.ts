import type { Clock, Identifiers, Log } from '#base'
import type { ApiVersion, JsonObject, Platform, SandboxCase } from '#contract'
import type { createCaseNotes } from '#sandbox'
import type { Store } from '#storage'

/** A case to be kept, as its file says it. */
export interface CaseToKeep {
  readonly file: string
  /** Names the operation: one of its `x-case-folders`, or `<code>_v<version>_<operationId>`. */
  readonly folder: string
  readonly title: string
  readonly description?: string
  readonly params: JsonObject
  readonly headers?: Readonly<Record<string, string>>
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
  | {
      readonly file: string
      readonly api: string
      readonly notes: readonly string[]
      /** What stood there before it. */
      readonly before: 'nothing' | 'another' | 'the same'
    }
  | { readonly file: string; readonly refused: string }

/** A case as operators see it. */
export interface KeptCase {
  readonly id: string
  readonly api: string
  readonly operation: string
  /** Whose alone it is; null: shared by all. */
  readonly application: string | null
  /** `<folder>/<name>.yaml` */
  readonly file: string
  readonly title: string
  readonly description: string
  readonly params: JsonObject
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  /** JSON text; null: no body. */
  readonly payload: string | null
  /** Counts up with every change: whoever edits says which one they saw. */
  readonly revision: number
  readonly updatedAt: number
  readonly updatedBy: string
}

/** A case that was taken back to what it was. */
export interface RestoredCase extends KeptCase {
  /** What of it departs from the contract, as that is now. */
  readonly notes: readonly string[]
}

/** A case after one change, and who made it. */
export interface CaseRevision extends KeptCase {
  readonly action: 'add' | 'edit' | 'import' | 'restore' | 'remove'
}

export interface CaseFilter {
  readonly platform?: string | undefined
  /** Its id, `<platform>/<code>/<version>`. */
  readonly api?: string | undefined
  /** Those of one application alone; null: the shared ones; absent: all. */
  readonly application?: string | null | undefined
}

/** A case as a person writes it: YAML as in `sandbox/*.yaml`. */
export interface CaseText {
  /** Name to tell mistakes by. */
  readonly file: string
  readonly text: string
}

export interface CaseAddition extends CaseText {
  readonly api: string
  /** Needed where the API has several and the text names none. */
  readonly operation?: string | undefined
  readonly application: string | null
  /** Its name among the cases of the operation; of its title where it has none. */
  readonly name?: string | undefined
  readonly actor: string
}

export interface CaseChange {
  readonly id: string
  /** The one that was seen; another one stands now: `catalog/case-changed` (409). */
  readonly revision: number
  readonly actor: string
}

/**
 * Sandbox cases kept in the store, beside those of the platforms' folders. Every change is one transaction with its audit entry and its
 * trace, and answers calls of this node when it resolves, of others within the feed's delay. Throws `catalog/…`.
 */
export interface CaseStore {
  /** All that can be kept is kept; a file that was imported before is replaced, and left alone where nothing changed. */
  import(request: CaseImport): Promise<readonly CaseOutcome[]>
  /** Throws `catalog/case-mistakes` (422, all in `detail.mistakes`), `catalog/case-exists`, `catalog/case-twin` (409), `catalog/too-many-cases` (409). */
  add(request: CaseAddition): Promise<KeptCase>
  /** Throws as `add`, and `catalog/unknown-case` (404), `catalog/case-changed` (409). */
  edit(request: CaseChange & CaseText): Promise<KeptCase>
  remove(request: CaseChange): Promise<void>
  /** Takes the case back to what it was, a removed one too; `revision`: the last there is. Throws `catalog/unknown-operation` (409) where the contract lost it. */
  restore(request: CaseChange & { readonly to: number }): Promise<RestoredCase>
  show(id: string): Promise<KeptCase>
  list(filter: CaseFilter): Promise<readonly KeptCase[]>
  /** Oldest first. Throws `catalog/unknown-case` (404). */
  history(id: string): Promise<readonly CaseRevision[]>
  /** An application's own cases, then those that all share; the same list until something changes. */
  of(api: string, applicationId: string): readonly SandboxCase[]
  close(): void
}

export interface CaseStoreOptions {
  readonly store: Store
  readonly apis: () => readonly ApiVersion[]
  readonly platforms: () => ReadonlyMap<string, Platform>
  readonly identifiers: Identifiers
  readonly now: Clock
  readonly log: Log
}

export interface CaseOptions extends CaseStoreOptions {
  /** What of a case departs from the contract. */
  readonly notesOf: ReturnType<typeof createCaseNotes>
}
