import type { Readable } from 'node:stream'
import { type Refusal, refusal } from '#contract'
import { unwatched, type Watch, type Watched } from '../upstream/watch.js'

/** Bytes of request bodies that the whole process may hold at once. */
export interface BodyBudget {
  /** False: there is no room. */
  reserve(bytes: number): boolean
  release(bytes: number): void
}

export function createBodyBudget(bytesMax: number): BodyBudget {
  let held = 0
  return {
    reserve(bytes) {
      if (held + bytes > bytesMax) return false
      held += bytes
      return true
    },
    release(bytes) {
      held -= bytes
    },
  }
}

export interface BodyLimits {
  readonly bytesMax: number
  readonly milliseconds: number
  /** What `Content-Length` says; 0 when the length is not told. */
  readonly announced: number
}

export type ReadBody = { readonly body: Buffer; readonly reserved: number } | Refusal

/**
 * Reads a whole body before any upstream connection is taken: a slow sender then holds nobody up but itself. What was reserved of the
 * budget is the caller's to release, also for a refusal (then nothing stays reserved).
 */
export function readBody(
  request: Readable,
  limits: BodyLimits,
  { budget, watch }: { budget: BodyBudget; watch: Watch },
): Promise<ReadBody> {
  if (limits.announced > limits.bytesMax) return Promise.resolve(refusal('request/body-too-large'))
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let size = 0
    // Only what has arrived: a length that is announced and never sent must take no room from others.
    let reserved = 0
    const settle = (outcome: ReadBody) => {
      watch.delete(watched)
      request.off('data', take).off('end', end).off('close', cut)
      if ('code' in outcome) budget.release(reserved)
      resolve(outcome)
    }
    const watched: Watched = {
      deadline: watch.now() + limits.milliseconds,
      place: unwatched,
      expire: () => settle(refusal('request/body-late')),
    }
    const grow = (bytes: number): Refusal | null => {
      size += bytes
      if (size > limits.bytesMax) return refusal('request/body-too-large')
      if (size <= reserved) return null
      if (!budget.reserve(size - reserved)) return busy
      reserved = size
      return null
    }
    const take = (piece: Buffer) => {
      const refused = grow(piece.length)
      if (refused !== null) return settle(refused)
      pieces.push(piece)
    }
    const end = () =>
      settle({ body: pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, size), reserved })
    const cut = () => settle(refusal('request/body-cut'))
    watch.add(watched)
    request.on('data', take).on('end', end).on('close', cut)
  })
}

const busy = refusal('gateway/busy', { retryAfterSeconds: 1 })
