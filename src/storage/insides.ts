import type { CompiledQuery } from 'kysely'
import type { Store } from './store.js'

export type Run = (query: CompiledQuery) => Promise<readonly Readonly<Record<string, unknown>>[]>

/** What the room itself needs of a store, and no other room may have. */
export interface StoreInsides {
  /** Reads of one instant, without holding writers up. */
  snapshot<T>(work: (run: Run) => Promise<T>): Promise<T>
  /** One transaction that may take as long as it needs. */
  bulk<T>(work: (run: Run) => Promise<T>): Promise<T>
  readonly key: Buffer | undefined
}

const known = new WeakMap<Store, StoreInsides>()

export function withInsides(store: Store, insides: StoreInsides): Store {
  known.set(store, insides)
  return store
}

/** Throws a TypeError for a store that `createStore` did not make. */
export function insidesOf(store: Store): StoreInsides {
  const insides = known.get(store)
  if (insides === undefined) throw new TypeError('Not a store that createStore made')
  return insides
}
