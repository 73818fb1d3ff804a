import type { Clock, Identifiers, Log, Text } from '#base'
import type { ApiVersion, LifecycleState, Mistake, Platform, Sent } from '#contract'
import type { Store } from '#storage'

export interface CatalogOptions {
  readonly store: Store
  /** As `loadPlatforms` gave them. */
  readonly platforms: readonly Platform[]
  readonly now: Clock
  readonly log: Log
  readonly identifiers?: Identifiers
  /** What of the surroundings keeps an API from the air, such as a secret of its provider that is not given; absent: nothing. */
  readonly obstacles?: (api: ApiVersion) => readonly Mistake[]
}

export interface Publication {
  readonly platform: string
  /** The OpenAPI document. */
  readonly document: Sent
  /** What `api.yaml` would hold; see `settingsFromChoices`. */
  readonly settings: Sent
  /** What `adapter.yaml` would hold. Default: none. */
  readonly adapter?: Sent | null
  /** Takes the place of what was published under the same identifier. Default: false. */
  readonly replace?: boolean
  readonly actor: string
}

/** One line of the list: of a folder or of the store. */
export interface CatalogEntry {
  readonly id: string
  readonly platform: string
  readonly code: string
  readonly version: string
  readonly title: Text
  readonly state: LifecycleState
  readonly source: 'folder' | 'store'
  /** Milliseconds since the epoch; null for folders. */
  readonly publishedAt: number | null
  /** Why a published version is not on the air, e.g. a folder has taken its place; null: it is. */
  readonly offAir: string | null
}

export interface ContractText {
  readonly type: 'application/yaml' | 'application/json'
  readonly text: string
}

export interface LifecycleChange {
  readonly id: string
  readonly state: LifecycleState
  /** Dates as in `api.yaml`: `2027-01-31`. */
  readonly deprecatedOn?: string | null
  readonly sunsetOn?: string | null
  readonly actor: string
}

export interface Catalog {
  /** The platforms by id; the same map for ever. */
  platforms(): ReadonlyMap<string, Platform>
  /** Folders first, then the store by identifier; the same list (`===`), and the same values in it, as long as nothing changed. */
  apis(): readonly ApiVersion[]
  list(): readonly CatalogEntry[]
  /** The OpenAPI document as it was written. Throws `catalog/unknown-api` (404) for what is not on the air. */
  document(id: string): Promise<ContractText>
  /**
   * Checks and puts on the air; on every node within the feed's delay, on this one when it resolves.
   * Throws `catalog/unknown-platform` (404), `catalog/mistakes` (422, all of them in `detail.mistakes`), `catalog/collision` and `catalog/published` (409).
   */
  publish(publication: Publication): Promise<ApiVersion>
  /** Takes a published version off the air. Throws `catalog/unknown-api` (404), `catalog/of-folder` (409). */
  withdraw(withdrawal: { readonly id: string; readonly actor: string }): Promise<void>
  /** Deprecates or retires a published version. Throws as `withdraw` and `publish` do. */
  setLifecycle(change: LifecycleChange): Promise<ApiVersion>
  /** Told whenever `apis()` has become another list, by this node or another; returns how to stop. */
  subscribe(listener: () => void): () => void
  close(): void
}
