import { Gathering } from '#base'
import { type BodyStream, type Refusal, refusal } from '#contract'
import type { LoadHolder, Loads } from '../load/loads.js'
import { bufferOf } from '../wire/buffer-of.js'

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
  const gathering = new Gathering()
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
      if (gathering.size + bytes.length > projectedBytesMax) end(tooLarge)
      else {
        const refused = taking.loads.reserve(taking.exchange, bytes.length)
        if (refused === null) gathering.add(bytes)
        else end(refused)
      }
      return !over
    },
    end: () => end({ bytes: gathering.whole() }),
    fail: (error) => end(refusal(error.message === 'upstream late' ? 'upstream/late' : 'upstream/broken')),
  })
}

const tooLarge = refusal('upstream/broken')
