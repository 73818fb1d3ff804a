import { type Refusal, refusal } from '#contract'

/** What one application keeps busy at this moment. */
export interface Load {
  calls: number
  /** Of request bodies, and of answers that are gathered whole. */
  bytes: number
}

/** A call, as far as it takes room. */
export interface LoadHolder {
  load: Load | null
  /** Bytes that this call holds. */
  reservedBytes: number
}

export interface LoadBounds {
  readonly callsPerApplication: number
  readonly bytesPerApplication: number
  /** For the whole process. */
  readonly bytesMax: number
}

/** Room in this process, bounded for each application: a client that floods, or that waits for a slow provider, takes it from nobody else. */
export interface Loads {
  /** Gives the call one of its application's places; refused when it has none left, or when the body announced cannot find room. */
  enter(holder: LoadHolder, applicationId: string, announcedBytes: number): Refusal | null
  reserve(holder: LoadHolder, bytes: number): Refusal | null
  /** Gives back the bytes that the call holds. */
  release(holder: LoadHolder): void
  /** Gives back everything; the call is over. */
  leave(holder: LoadHolder): void
}

export function createLoads({ callsPerApplication, bytesPerApplication, bytesMax }: LoadBounds): Loads {
  const loads = new Map<string, Load>()
  let held = 0
  const lacking = (load: Load | null, bytes: number): Refusal | null => {
    if (load !== null && load.bytes + bytes > bytesPerApplication) return crowded
    return held + bytes > bytesMax ? busy : null
  }
  const release = (holder: LoadHolder) => {
    if (holder.reservedBytes === 0) return
    held -= holder.reservedBytes
    if (holder.load !== null) holder.load.bytes -= holder.reservedBytes
    holder.reservedBytes = 0
  }
  return {
    enter(holder, applicationId, announcedBytes) {
      const load = loads.get(applicationId) ?? open(loads, applicationId)
      if (load.calls >= callsPerApplication) return crowded
      const refused = announcedBytes === 0 ? null : lacking(load, announcedBytes)
      if (refused !== null) return refused
      load.calls += 1
      holder.load = load
      return null
    },
    reserve(holder, bytes) {
      const refused = lacking(holder.load, bytes)
      if (refused !== null) return refused
      held += bytes
      if (holder.load !== null) holder.load.bytes += bytes
      holder.reservedBytes += bytes
      return null
    },
    release,
    leave(holder) {
      release(holder)
      if (holder.load !== null) holder.load.calls -= 1
      holder.load = null
    },
  }
}

/** Entries are kept while nobody calls, since making one at each call costs more than keeping it; there is an end to that too. */
function open(loads: Map<string, Load>, applicationId: string): Load {
  if (loads.size >= entriesMax) for (const [id, { calls }] of loads) if (calls === 0) loads.delete(id)
  const load = { calls: 0, bytes: 0 }
  loads.set(applicationId, load)
  return load
}

const entriesMax = 10_000
const crowded = refusal('quota/concurrency', { retryAfterSeconds: 1 })
const busy = refusal('gateway/busy', { retryAfterSeconds: 1 })
