import { type BodyStream, type Refusal, refusal } from '#contract'
import type { LoadHolder, Loads } from '../load/loads.js'

/** The largest answer that is projected, in bytes. */
export const projectedBytesMax = 2_097_152

interface Taking {
  /** Lets go of what is reserved when it ends. */
  readonly exchange: LoadHolder
  readonly loads: Loads
  /** What `Content-Length` says; 0 when the length is not told. */
  readonly announced: number
}

/** Gathers a whole answer, within a bound and the memory of the process; calls back once. */
export function takeAnswerBody(
  body: Uint8Array | BodyStream,
  taking: Taking,
  done: (taken: { readonly bytes: Buffer } | Refusal) => void,
) {
  if (!('flow' in body)) return done(body.length > projectedBytesMax ? tooLarge : { bytes: bufferOf(body) })
  const pieces: Uint8Array[] = []
  let size = 0
  let over = false
  const end = (taken: { readonly bytes: Buffer } | Refusal) => {
    if (over) return
    over = true
    if ('code' in taken) body.cancel()
    done(taken)
  }
  if (taking.announced > projectedBytesMax) return end(tooLarge)
  body.flow({
    chunk(bytes) {
      if (over) return false
      size += bytes.length
      if (size > projectedBytesMax) end(tooLarge)
      else if (taking.loads.reserve(taking.exchange, bytes.length) !== null) end(busy)
      else pieces.push(bytes)
      return !over
    },
    end: () =>
      end({
        bytes: pieces.length === 1 && pieces[0] !== undefined ? bufferOf(pieces[0]) : Buffer.concat(pieces, size),
      }),
    fail: (error) => end(refusal(error.message === 'upstream late' ? 'upstream/late' : 'upstream/broken')),
  })
}

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const tooLarge = refusal('upstream/broken')
const busy = refusal('gateway/busy', { retryAfterSeconds: 1 })
