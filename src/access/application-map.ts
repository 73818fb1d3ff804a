import type { ApplicationAccess } from '#contract'

const shardCount = 512
const empty: ReadonlyMap<string, ApplicationAccess> = new Map()

/**
 * A map that is never mutated: a change copies one shard and the list of shards, so that a snapshot of a hundred
 * thousand applications costs what the change costs, and shares everything else with the one before.
 */
export class ApplicationMap implements ReadonlyMap<string, ApplicationAccess> {
  readonly #shards: readonly ReadonlyMap<string, ApplicationAccess>[]
  readonly size: number

  private constructor(shards: readonly ReadonlyMap<string, ApplicationAccess>[], size: number) {
    this.#shards = shards
    this.size = size
  }

  static of(entries: Iterable<ApplicationAccess>): ApplicationMap {
    const shards = Array.from({ length: shardCount }, () => new Map<string, ApplicationAccess>())
    let size = 0
    for (const access of entries) {
      shards[shardOf(access.id)]?.set(access.id, access)
      size += 1
    }
    return new ApplicationMap(shards, size)
  }

  get(id: string): ApplicationAccess | undefined {
    return this.#shards[shardOf(id)]?.get(id)
  }

  has(id: string): boolean {
    return this.get(id) !== undefined
  }

  /** The same map when nothing would change. */
  with(id: string, access: ApplicationAccess | undefined): ApplicationMap {
    const before = this.get(id)
    if (before === access) return this
    const shard = new Map(this.#shards[shardOf(id)] ?? empty)
    if (access === undefined) shard.delete(id)
    else shard.set(id, access)
    const shards = this.#shards.with(shardOf(id), shard)
    return new ApplicationMap(shards, this.size + (access === undefined ? -1 : before === undefined ? 1 : 0))
  }

  *entries(): MapIterator<[string, ApplicationAccess]> {
    for (const shard of this.#shards) yield* shard
  }

  *keys(): MapIterator<string> {
    for (const shard of this.#shards) yield* shard.keys()
  }

  *values(): MapIterator<ApplicationAccess> {
    for (const shard of this.#shards) yield* shard.values()
  }

  [Symbol.iterator](): MapIterator<[string, ApplicationAccess]> {
    return this.entries()
  }

  forEach(tell: (value: ApplicationAccess, key: string, map: ReadonlyMap<string, ApplicationAccess>) => void): void {
    for (const [id, access] of this) tell(access, id, this)
  }
}

/** FNV-1a over the end of the identifier, where the random part is. */
function shardOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = Math.max(0, id.length - 8); at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  }
  return (hash >>> 0) % shardCount
}
