import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Log } from '#base'
import { type Refusal, refusal } from '#contract'
import { type FrontWords, frontAnswer } from './refuse-at-front.js'

export interface ClientErrorNeeds extends FrontWords {
  readonly log: Log
  /** The last answer begun on each connection. */
  readonly latest: WeakMap<Socket, ServerResponse>
  /** Those that were pipelined behind another one. */
  readonly queued: WeakMap<Socket, readonly ServerResponse[]>
}

/**
 * Answers bytes that the parser refused. When a sound request came before them on the connection, its answer goes out whole and is the
 * last one: a 400 in the middle of it would be read as part of it.
 */
export function onClientError(needs: ClientErrorNeeds): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  return (error, duplex) => {
    const socket = duplex as Socket
    needs.log.debug('front/client-error', { code: error.code })
    const before = needs.latest.get(socket)
    const begun = isUnderWay(before)
    if (begun && before.req.complete) return endAfter(before, socket)
    // The request under way can never be whole: its room hears of it by the end of the connection.
    if (gone.has(error.code ?? '') || !socket.writable || (begun && before.headersSent)) return void socket.destroy()
    endWith(socket, rawAnswer(refusalFor(error.code), needs))
  }
}

/** Refuses a tunnel; Node has taken its own listeners off the socket, whose errors would otherwise end the process. */
export function onConnect(needs: ClientErrorNeeds): (request: IncomingMessage, socket: Duplex) => void {
  return (_request, duplex) => {
    const socket = duplex as Socket
    socket.on('error', () => {})
    socket.once('close', () => endQueued(needs.queued.get(socket) ?? []))
    // The answers that are due on this connection come first, and a refusal written now would pass for one of them.
    if (isUnderWay(needs.latest.get(socket))) return void socket.destroy()
    endWith(socket, rawAnswer(refusal('request/method-unknown'), needs))
  }
}

/** An answer that never got the socket is not told of its end by Node any more: its room would keep the call for ever. */
function endQueued(responses: readonly ServerResponse[]): void {
  for (const response of responses) if (response.socket === null && !response.writableFinished) response.emit('close')
}

const isUnderWay = (response: ServerResponse | undefined): response is ServerResponse =>
  response !== undefined && !response.writableFinished && !response.destroyed

/** Leaves the client a moment to read it, and no more, however busy it keeps the connection. */
function endWith(socket: Socket, answer: Buffer): void {
  const timer = setTimeout(() => socket.destroy(), lingerMilliseconds)
  socket.once('close', () => clearTimeout(timer))
  socket.end(answer)
  socket.resume()
}

const gone = new Set(['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE'])
const lingerMilliseconds = 1_000

function endAfter(response: ServerResponse, socket: Socket): void {
  response.shouldKeepAlive = false
  response.once('close', () => socket.destroySoon())
}

function refusalFor(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return { ...refusal('request/malformed'), status: 431 }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { ...refusal('request/malformed'), status: 408 }
  if (code === 'HPE_INVALID_METHOD') return refusal('request/method-unknown')
  return refusal('request/malformed')
}

/** Node's own 400 has no `Date` (RFC 9110 section 6.6.1) and no body. */
function rawAnswer(refused: Refusal, words: FrontWords): Buffer {
  const { status, headers, body } = frontAnswer(refused, words, null)
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nDate: ${new Date().toUTCString()}\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body ?? Buffer.alloc(0)])
}
