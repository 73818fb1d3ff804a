import type { Socket } from 'node:net'
import type { Incoming } from '../incoming.js'
import type { Reply } from '../reply.js'
import { LaneReply, type ReplyOwner } from './lane-reply.js'
import { type PlainFields, readPlainHead } from './plain-head.js'

/** What a connection asks of its lane. */
export interface LaneConnectionNeeds {
  readonly closing: () => boolean
  /** False: this call is not for the lane. */
  readonly serve: (request: Incoming, response: Reply) => boolean
  /** Takes the connection for good; what was read of it comes again. */
  readonly handOver: (socket: Socket) => void
  /** A call that was served is over. */
  readonly over: () => void
  /** The lane has it no more: handed over, or closed. */
  readonly left: (connection: LaneConnection) => void
}

/** One connection of plain calls, one after another. The first thing that is anything else, it gives away whole, and for good. */
export class LaneConnection implements ReplyOwner {
  readonly socket: Socket
  readonly #needs: LaneConnectionNeeds
  readonly openedAt = performance.now()
  /** No request has come yet. */
  fresh = true
  #reply: LaneReply | null = null
  #fields: PlainFields | null = null
  /** What came while an answer was under way. */
  #early: Buffer[] = []
  #earlyBytes = 0
  /** Bytes that had passed, either way, when somebody last looked, and since when no more have. */
  #passed = 0
  #silentSince = this.openedAt

  constructor(socket: Socket, needs: LaneConnectionNeeds) {
    this.socket = socket
    this.#needs = needs
    for (const [event, listener] of this.#listeners) socket.on(event, listener)
  }

  get closing(): boolean {
    return this.#needs.closing()
  }

  /** Looked at now and then: a timer of its own would be set anew at each read and write. */
  closeIfSilent(now: number, silenceMilliseconds: number): void {
    const { socket } = this
    const passed = socket.bytesRead + socket.bytesWritten
    if (passed !== this.#passed) {
      this.#passed = passed
      this.#silentSince = now
    } else if (now - this.#silentSince >= silenceMilliseconds) {
      // What waits to be written may still be on its way, which only the socket's own timer can tell.
      if (socket.writableLength === 0) socket.destroy()
      else if (!socket.timeout) socket.setTimeout(silenceMilliseconds)
    }
  }

  answered(last: boolean): void {
    this.#reply = null
    this.#needs.over()
    if (last || this.closing) return void this.socket.destroySoon()
    if (this.#early.length > 0) this.#handOver(Buffer.concat(this.#early))
  }

  /** Takes the lane's hands off the socket. */
  release(): void {
    for (const [event, listener] of this.#listeners) this.socket.off(event, listener)
    this.#needs.left(this)
  }

  readonly #onData = (bytes: Buffer) => {
    if (this.#reply !== null) return this.#keep(bytes)
    const head = bytes.length > headBytesMax ? null : readPlainHead(bytes.toString('latin1'), this.#fields)
    if (head === null) return this.#handOver(bytes)
    this.fresh = false
    const reply = new LaneReply(this.socket, head.method, this)
    this.#reply = reply
    const { method, url, fields } = head
    if (fields.text.length <= keptBytesMax) this.#fields = fields
    const { rawHeaders, memo } = fields
    if (this.#needs.serve({ method, url, rawHeaders, httpVersion: '1.1', socket: this.socket, memo }, reply)) return
    this.#reply = null
    this.#handOver(bytes)
  }

  /** As node:http does: a caller that ends its side has left. */
  readonly #onEnd = (): void => void this.socket.end()
  readonly #onTimeout = (): void => void this.socket.destroy()
  readonly #onDrain = (): void => this.#reply?.drained()
  /** Its close follows, and tells all that is to be known. */
  readonly #onError = (): void => {}

  readonly #onClose = (): void => {
    const reply = this.#reply
    this.#reply = null
    if (reply !== null) {
      reply.gone()
      this.#needs.over()
    }
    this.#needs.left(this)
  }

  readonly #listeners = [
    ['data', this.#onData],
    ['end', this.#onEnd],
    ['timeout', this.#onTimeout],
    ['drain', this.#onDrain],
    ['error', this.#onError],
    ['close', this.#onClose],
  ] as const

  #keep(bytes: Buffer): void {
    this.#early.push(bytes)
    this.#earlyBytes += bytes.length
    if (this.#earlyBytes > headBytesMax) this.socket.pause()
  }

  #handOver(bytes: Buffer): void {
    const { socket } = this
    if (socket.destroyed) return
    this.release()
    socket.pause()
    socket.unshift(bytes)
    this.#needs.handOver(socket)
    socket.resume()
  }
}

/** Well below what node:http allows a head, so that both agree on what is too large. */
const headBytesMax = 8_192
/** Of fields that a connection holds on to between calls. */
const keptBytesMax = 2_048
