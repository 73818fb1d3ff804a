import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Departure, departures } from '../wire/departures.js'
import { AnswerBody, type BodySource } from './answer-body.js'
import type { Call, CallFault } from './call.js'
import { type ChunkedDecoder, createChunkedDecoder } from './chunked-decoder.js'
import type { KnownHeads } from './known-heads.js'
import type { UpstreamAddress } from './origin.js'
import type { ResponseHead } from './response-head.js'
import type { Share } from './shares.js'

/** What a connection tells its pool. */
export interface ConnectionOwner {
  readonly heads: KnownHeads
  /** Free for another call, for at most this long (milliseconds; null: the pool's own bound). */
  free(connection: Connection, keepAliveMilliseconds: number | null): void
  gone(connection: Connection): void
  /** Gives a call a connection. */
  carry(call: Call): void
  /** The bytes of the request's head. */
  headOf(call: Call): string
}

export interface ConnectionTls {
  /** PEM certificates of the only authorities trusted; absent: those of Node, and of `NODE_EXTRA_CA_CERTS`. */
  readonly ca?: string | readonly string[]
}

/** One connection to an upstream, one call at a time; whatever is not exactly an answer to that call ends it. */
export class Connection implements BodySource, Departure {
  readonly #owner: ConnectionOwner
  readonly #socket: Socket
  #call: Call | null = null
  #ready = false
  /** The request, until it leaves. */
  #departing = ''
  /** Why it never stood. */
  #unopened: CallFault = 'unreachable'
  #head: ResponseHead | null = null
  #unread: Buffer | null = null
  #left = 0
  #chunks: ChunkedDecoder | null = null
  #interim = 0
  #paused = false
  #sawEnd = false
  #discarded = false
  /** Whose call it carries; its pool's to write. */
  share: Share | null = null
  /** Until when it may wait for its next call, by the watch's clock. */
  idleUntil = 0

  constructor(address: UpstreamAddress, owner: ConnectionOwner, tls: ConnectionTls) {
    this.#owner = owner
    this.#socket = openSocket({ address, tls, read: (bytes) => this.#onData(bytes) }, () => this.#connected())
    this.#socket.setNoDelay(true)
    this.#socket.on('end', () => this.#onEnd())
    this.#socket.on('error', (error) => {
      this.#unopened = unopenedBy(error)
    })
    this.#socket.on('close', () => this.#onClose())
  }

  get usable(): boolean {
    return !this.#discarded && !this.#sawEnd && this.#socket.writable
  }

  /** Carries the call as soon as the connection stands. */
  carry(call: Call) {
    this.#call = call
    call.connection = this
    if (this.#ready) this.#send(call)
    else call.enter(call.request.api.limits.connectMilliseconds)
  }

  pause() {
    if (this.#paused || this.#call === null) return
    this.#paused = true
    this.#call.enter(Number.POSITIVE_INFINITY)
    this.#socket.pause()
  }

  resume() {
    if (!this.#paused || this.#call === null) return
    this.#paused = false
    this.#call.enter(this.#call.request.api.limits.idleMilliseconds)
    this.#socket.resume()
  }

  cancel() {
    this.#call?.cancel()
  }

  /** Drops the connection and whatever it still carries. */
  discard() {
    if (this.#discarded) return
    this.#discarded = true
    this.#call = null
    this.#socket.destroy()
    this.#owner.gone(this)
  }

  #connected() {
    this.#ready = true
    if (this.#call !== null) this.#send(this.#call)
  }

  #send(call: Call) {
    const { api } = call.request
    call.enter(api.limits.headersMilliseconds)
    this.#departing = this.#owner.headOf(call)
    departures.add(this)
  }

  depart() {
    const call = this.#call
    // It was cancelled meanwhile.
    if (call === null) return
    if (!this.usable) return this.#giveBack(call)
    const { body } = call.request
    call.sent = true
    const head = this.#departing
    this.#departing = ''
    if (body === null || body.length === 0) {
      this.#socket.write(head, 'latin1')
      return
    }
    this.#socket.cork()
    this.#socket.write(head, 'latin1')
    this.#socket.write(body)
    this.#socket.uncork()
  }

  #onData(bytes: Buffer) {
    const call = this.#call
    // Bytes that no call asked for are not an answer to the next one.
    if (call === null) return this.discard()
    if (!call.sent) return this.#giveBack(call)
    if (this.#head === null) this.#onHeadBytes(call, bytes)
    else this.#onBodyBytes(call, bytes)
  }

  #onHeadBytes(call: Call, bytes: Buffer) {
    const all = this.#unread === null ? bytes : Buffer.concat([this.#unread, bytes])
    const text = all.toString('latin1', 0, headBytesMax + 4)
    const end = text.indexOf('\r\n\r\n')
    if ((end < 0 ? all.length : end) > headBytesMax) return call.fail('broken')
    if (end < 0) {
      this.#unread = all
      return
    }
    this.#unread = null
    const head = this.#owner.heads.read(text.slice(0, end + 2), call.request.method)
    if (head === null || head.status === 101) return call.fail('broken')
    const rest = all.subarray(end + 4)
    if (head.status < 200) return this.#onInterim(call, rest)
    this.#onHead(call, head, rest)
  }

  /** 100 and 103 are for us alone; an endless row of them is a fault. */
  #onInterim(call: Call, rest: Buffer) {
    this.#interim += 1
    if (this.#interim > interimMax) return call.fail('broken')
    if (rest.length > 0) this.#onHeadBytes(call, rest)
  }

  #onHead(call: Call, head: ResponseHead, rest: Buffer) {
    const { framing, status, headers } = head
    this.#head = head
    if (framing.kind === 'none') {
      call.answer({ status, headers, body: null })
      return this.#finish(call, rest.length)
    }
    if (framing.kind === 'length' && rest.length >= framing.bytes) {
      const extra = rest.length - framing.bytes
      call.answer({ status, headers, body: extra === 0 ? rest : rest.subarray(0, framing.bytes) })
      return this.#finish(call, extra)
    }
    this.#left = framing.kind === 'length' ? framing.bytes : 0
    this.#chunks = framing.kind === 'chunked' ? createChunkedDecoder() : null
    call.enter(call.request.api.limits.idleMilliseconds)
    const body = new AnswerBody(this)
    call.body = body
    if (rest.length > 0) this.#onBodyBytes(call, rest)
    if (!call.over) return call.answer({ status, headers, body })
  }

  #onBodyBytes(call: Call, bytes: Buffer) {
    const { body } = call
    if (body === null) return call.fail('broken')
    if (!this.#paused) call.enter(call.request.api.limits.idleMilliseconds)
    if (this.#chunks !== null) return this.#onChunkedBytes(call, this.#chunks, bytes)
    if (this.#head?.framing.kind === 'close') return body.push(bytes)
    const own = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes
    this.#left -= own.length
    body.push(own)
    if (this.#left > 0) return
    this.#finish(call, bytes.length - own.length)
    body.end()
  }

  #onChunkedBytes(call: Call, chunks: ChunkedDecoder, bytes: Buffer) {
    const { body } = call
    const used = chunks.feed(bytes, (piece) => body?.push(piece))
    if (used < 0) return call.fail('broken')
    if (!chunks.done || this.#head === null || body === null) return
    const { status, headers } = this.#head
    if (!call.answered) call.answer({ status, headers, body: body.takeWhole() })
    this.#finish(call, bytes.length - used)
    body.end()
  }

  /** The answer is whole; what follows it (`extra` bytes) was asked by nobody, and a half-sent request spoils the connection too. */
  #finish(call: Call, extra: number) {
    const head = this.#head
    this.#call = null
    this.#head = null
    this.#chunks = null
    this.#interim = 0
    const wasPaused = this.#paused
    this.#paused = false
    call.connection = null
    call.complete()
    if (extra > 0 || head?.reusable !== true || this.#socket.writableLength > 0 || !this.usable) return this.discard()
    if (wasPaused) this.#socket.resume()
    this.#owner.free(this, head.keepAliveMilliseconds)
  }

  #onEnd() {
    this.#sawEnd = true
    const call = this.#call
    if (call === null) return this.discard()
    if (this.#head?.framing.kind !== 'close') return this.#breakDown(call)
    const { body } = call
    this.#finish(call, 0)
    body?.end()
  }

  #onClose(): void {
    const call = this.#call
    if (call === null) this.discard()
    else this.#breakDown(call)
  }

  #breakDown(call: Call) {
    if (this.#ready && !call.sent) return this.#giveBack(call)
    this.discard()
    call.fail(this.#ready ? 'broken' : this.#unopened)
  }

  /** Its provider dropped the connection as the call took it: another one will do. */
  #giveBack(call: Call) {
    if (call.wantsFresh) return call.fail('broken')
    call.wantsFresh = true
    this.discard()
    call.connection = null
    this.#owner.carry(call)
  }
}

/** A name that nobody knows, a certificate or a handshake that failed, or a host that does not answer. */
function unopenedBy(error: Error): CallFault {
  const code = 'code' in error ? String(error.code) : ''
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'unresolved'
  return /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_OSSL)/.test(code)
    ? 'untrusted'
    : 'unreachable'
}

const headBytesMax = 32_768
const interimMax = 8

interface Opening {
  readonly address: UpstreamAddress
  readonly tls: ConnectionTls
  /** Bytes of its own for each call of it. */
  readonly read: (bytes: Buffer) => void
}

/** All plain connections read into this one buffer, one after another: a fresh 64 KiB for each read costs more than the copy. */
const readBuffer = Buffer.allocUnsafeSlow(65_536)

function openSocket({ address, tls, read }: Opening, connected: () => void): Socket {
  const { hostname: host, port, secure } = address
  if (!secure) {
    const callback = (length: number) => {
      const bytes = Buffer.allocUnsafe(length)
      readBuffer.copy(bytes, 0, 0, length)
      read(bytes)
      return true
    }
    return connect({ host, port, onread: { buffer: readBuffer, callback } }, connected)
  }
  const ca = tls.ca === undefined ? {} : { ca: [...(typeof tls.ca === 'string' ? [tls.ca] : tls.ca)] }
  return connectTls({ host, port, servername: serverName(host), minVersion: 'TLSv1.2', ...ca }, connected).on(
    'data',
    read,
  )
}

/** An IP address is no server name (RFC 6066 section 3). */
const serverName = (host: string): string => (/^[\d.]+$|:/.test(host) ? '' : host)
