import type { Readable } from 'node:stream'
import type { Reply } from '../reply.js'
import { unwatched, type Watch, type Watched } from '../upstream/watch.js'

/**
 * Holds a refused request's connection for a moment and drops what still comes: closing on a sender at once would reset it, and take the
 * refusal away before it is read (RFC 9112 section 9.6).
 */
export function linger(
  body: Readable,
  response: Reply,
  { watch, settings }: { watch: Watch; settings: { lingerMilliseconds: number } },
): void {
  let bytes = 0
  const end = () => {
    watch.delete(watched)
    body.off('data', count).off('end', end)
    response.end()
  }
  const watched: Watched = { deadline: watch.now() + settings.lingerMilliseconds, place: unwatched, expire: end }
  const count = (piece: Buffer) => {
    bytes += piece.length
    if (bytes > lingerBytesMax) end()
  }
  if (body.destroyed || body.readableEnded) return void response.end()
  watch.add(watched)
  body.on('data', count).on('end', end)
}

const lingerBytesMax = 4 * 1024 * 1024
