import type { Readable } from 'node:stream'
import { Gathering } from '#base'
import { type Refusal, refusal } from '#contract'
import type { LoadHolder, Loads } from '../load/loads.js'
import { unwatched, type Watch, type Watched } from '../upstream/watch.js'

export interface BodyLimits {
  readonly bytesMax: number
  readonly milliseconds: number
}

export interface BodyNeeds {
  /** Whose room the body takes, until the call is over. */
  readonly holder: LoadHolder
  readonly loads: Loads
  readonly watch: Watch
}

/** Reads a whole body before any upstream connection is taken: a slow sender then holds nobody up but itself. A refused body holds no room. */
export function readBody(
  request: Readable,
  limits: BodyLimits,
  { holder, loads, watch }: BodyNeeds,
): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    const gathering = new Gathering()
    const settle = (outcome: Buffer | Refusal) => {
      watch.delete(watched)
      request.off('data', take).off('end', end).off('close', cut)
      if ('code' in outcome) loads.release(holder)
      resolve(outcome)
    }
    const watched: Watched = {
      deadline: watch.now() + limits.milliseconds,
      place: unwatched,
      expire: () => settle(refusal('request/body-late')),
    }
    const grow = (bytes: number): Refusal | null => {
      if (gathering.size + bytes > limits.bytesMax) {
        return refusal('request/body-too-large', { bytesMax: limits.bytesMax })
      }
      // Only what has arrived: a length that is announced and never sent must take no room from others.
      return loads.reserve(holder, bytes)
    }
    const take = (piece: Buffer) => {
      const refused = grow(piece.length)
      if (refused !== null) return settle(refused)
      gathering.add(piece)
    }
    const end = () => settle(gathering.whole())
    const cut = () => settle(refusal('request/body-cut'))
    watch.add(watched)
    request.on('data', take).on('end', end).on('close', cut)
  })
}
