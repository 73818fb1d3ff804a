import type { IncomingMessage } from 'node:http'
import { Gathering } from '#base'
import { invalidRequest, OAuthRefusal } from './oauth-refusal.js'

const bytesMax = 64 * 1024
const deadlineMilliseconds = 10_000

/** The whole body, bounded in size and time. Throws OAuthRefusal 413 or 408, and 400 when the client left off. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  // A request without a body is over before anyone reads it, and says so no more.
  if (request.readableEnded) return Promise.resolve(Buffer.alloc(0))
  return new Promise((resolve, reject) => {
    const gathering = new Gathering()
    const settle = () => {
      clearTimeout(deadline)
      request.off('data', take).off('end', finish).off('error', cut).off('close', cut)
    }
    const refuse = (refusal: OAuthRefusal) => {
      settle()
      // What still comes is thrown away, and an error of it is nobody's.
      request.on('error', () => {}).resume()
      reject(refusal)
    }
    const take = (chunk: Buffer) => {
      if (gathering.size + chunk.length > bytesMax) refuse(tooLarge())
      else gathering.add(chunk)
    }
    const finish = () => {
      settle()
      resolve(gathering.whole())
    }
    const cut = () => refuse(invalidRequest('the body was cut short'))
    const deadline = setTimeout(() => refuse(tooSlow()), deadlineMilliseconds)
    request.on('data', take).once('end', finish).once('error', cut).once('close', cut)
  })
}

// The connection closes: what is left of the body must not be taken for the next request (RFC 9112 section 9.3).
const closing = ['Connection', 'close']

const tooLarge = () =>
  new OAuthRefusal(
    { error: 'invalid_request', description: 'the body is larger than 64 KiB', status: 413 },
    { headers: closing, status: 413 },
  )

const tooSlow = () =>
  new OAuthRefusal(
    { error: 'invalid_request', description: 'the body arrived too slowly', status: 408 },
    { headers: closing, status: 408 },
  )
