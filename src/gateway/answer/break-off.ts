import { TLSSocket } from 'node:tls'
import type { Reply } from '../reply.js'

/**
 * Ends an answer so that no reader can take it for whole: a reset rather than an orderly close, which would look like the end of a body
 * to a client of HTTP/1.0.
 */
export function breakOff(response: Reply): void {
  const { socket } = response
  if (socket === null || socket instanceof TLSSocket) response.destroy()
  else socket.resetAndDestroy()
}
