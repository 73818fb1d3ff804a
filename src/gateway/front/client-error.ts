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
 * Answers bytes that the parser refused. When sound requests came before them on the connection, their answers go out whole and first: a
 * 400 in the middle of one would be read as part of it, and before it as its own.
 */
export function onClientError(needs: ClientErrorNeeds): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const ending = new WeakSet<Socket>()
  return (error, duplex) => {
    const socket = duplex as Socket
    needs.log.debug('front/client-error', { code: error.code })
    const { code = '' } = error
    if (gone.has(code) || !socket.writable) return void socket.destroy()
    // The parser refuses whatever else comes, again and again.
    if (ending.has(socket)) return
    ending.add(socket)
    socket.once('close', () => endQueued(needs.queued.get(socket) ?? []))
    const before = needs.latest.get(socket)
    const answer = () => rawAnswer(refusalFor(code), needs, socket)
    if (!isUnderWay(before)) return code === cutShort ? void socket.destroy() : endWith(socket, answer())
    if (before.req.complete) return endAfter(before, socket)
    // The last request can never be whole; its own turn to be answered comes with the socket.
    if (before.socket !== null) endBroken(before, socket, answer)
    else before.once('socket', () => process.nextTick(endBroken, before, socket, answer))
  }
}

/** The request under way stays in pieces: its room hears of it by the end of the connection, unless it has refused it already. */
function endBroken(response: ServerResponse, socket: Socket, answer: () => Buffer) {
  if (!response.headersSent) return endWith(socket, answer())
  const timer = setTimeout(() => socket.destroySoon(), lingerMilliseconds)
  socket.once('close', () => clearTimeout(timer))
  if (response.writableFinished) socket.destroySoon()
  else endAfter(response, socket)
}

/** Refuses a tunnel; Node has taken its own listeners off the socket, whose errors would otherwise end the process. */
export function onConnect(needs: ClientErrorNeeds): (request: IncomingMessage, socket: Duplex) => void {
  return (_request, duplex) => {
    const socket = duplex as Socket
    socket.on('error', () => {})
    socket.once('close', () => endQueued(needs.queued.get(socket) ?? []))
    // The answers that are due on this connection come first, and a refusal written now would pass for one of them.
    if (isUnderWay(needs.latest.get(socket))) return void socket.destroy()
    endWith(socket, rawAnswer(refusal('request/method-unknown'), needs, socket))
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

const gone = new Set(['ECONNRESET', 'EPIPE'])
/** The client has sent its last byte, in the middle of a request. */
const cutShort = 'HPE_INVALID_EOF_STATE'
const lingerMilliseconds = 1_000

function endAfter(response: ServerResponse, socket: Socket): void {
  response.shouldKeepAlive = false
  response.once('close', () => socket.destroySoon())
}

function refusalFor(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return refusal('request/head-too-large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refusal('request/head-late')
  if (code === 'HPE_INVALID_METHOD') return refusal('request/method-unknown')
  return refusal('request/malformed')
}

/** Node's own 400 has no `Date` (RFC 9110 section 6.6.1) and no body. */
function rawAnswer(refused: Refusal, words: FrontWords, socket: Socket): Buffer {
  const { status, headers, body } = frontAnswer(refused, words, { socket, headers: {} })
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nDate: ${new Date().toUTCString()}\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2) head += `${headers[index]}: ${headers[index + 1]}\r\n`
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body ?? Buffer.alloc(0)])
}
