import type { Socket } from 'node:net'
import type { Reply } from '../reply.js'
import { bufferOf } from '../wire/buffer-of.js'
import { type Departure, departures } from '../wire/departures.js'
import { type FieldBlock, fieldBlock } from '../wire/field-block.js'
import { type ReplyHead, replyHead } from './reply-head.js'

/** What an answer tells its connection. */
export interface ReplyOwner {
  /** No other answer may follow. */
  readonly closing: boolean
  /** The whole answer has been handed to the system. */
  answered(last: boolean): void
}

/** An answer on the lane: one that is whole leaves in one write, with the others of its turn. What its length does not fit is broken off, never passed for whole. */
export class LaneReply implements Reply, Departure {
  readonly socket: Socket
  readonly #owner: ReplyOwner
  readonly #toHead: boolean
  headersSent = false
  writableFinished = false
  /** Waits for the first bytes of the body. */
  #head = ''
  #bodiless = false
  #last = false
  /** Bytes still due; null: in chunks. */
  #left: number | null = 0
  #ended = false
  /** The whole answer, until it leaves. */
  #departing = ''
  #closed = false
  #onClose: (() => void) | null = null
  #onDrain: (() => void) | null = null

  constructor(socket: Socket, method: string, owner: ReplyOwner) {
    this.socket = socket
    this.#toHead = method === 'HEAD'
    this.#owner = owner
  }

  on(event: 'close' | 'drain', listener: () => void): void {
    if (event === 'close') this.#onClose = listener
    else this.#onDrain = listener
  }

  writeHead(status: number, headers: readonly string[]): void {
    this.writeBlocks(status, [fieldBlock(headers)])
  }

  writeBlocks(status: number, blocks: readonly FieldBlock[]): void {
    if (this.headersSent) throw new Error('the head was sent')
    const bodiless = this.#toHead || status === 204 || status === 304
    const { text, length, last }: ReplyHead = replyHead(status, blocks, { bodiless, closing: this.#owner.closing })
    this.headersSent = true
    this.#head = text
    this.#bodiless = bodiless
    this.#last = last
    this.#left = bodiless ? 0 : length
  }

  write(bytes: Uint8Array): boolean {
    if (this.#ended || this.#bodiless || bytes.length === 0) return true
    this.#send(bytes, '')
    return !this.socket.writableNeedDrain
  }

  end(bytes?: Uint8Array | string): void {
    if (this.#ended) return
    this.#ended = true
    const body = this.#bodiless ? '' : (bytes ?? '')
    if (this.#head !== '' && body.length === this.#left && body.length <= joinedBytesMax) {
      this.#departing = this.#head + latin1Of(body)
      return void departures.add(this)
    }
    this.#send(body, this.#left === null ? '0\r\n\r\n' : '')
    if (this.#left !== null && this.#left !== 0) return void this.socket.destroy()
    this.departed()
  }

  depart(): void {
    this.#write(this.#departing)
    this.#departing = ''
  }

  departed(): void {
    if (this.socket.writableLength === 0) this.#finish()
    else this.socket.write('', 'latin1', (error) => error ?? this.#finish())
  }

  destroy(): void {
    this.socket.destroy()
  }

  /** The connection takes bytes again. */
  drained(): void {
    this.#onDrain?.()
  }

  /** The connection is gone. */
  gone(): void {
    this.#close()
  }

  #send(bytes: Uint8Array | string, tail: string): void {
    const { length } = bytes
    let before = this.#head
    let after = tail
    this.#head = ''
    if (this.#left !== null) {
      if (length > this.#left) return void this.socket.destroy()
      this.#left -= length
    } else if (length > 0) {
      before += `${length.toString(16)}\r\n`
      after = `\r\n${tail}`
    }
    if (typeof bytes === 'string' || length <= joinedBytesMax) this.#write(before + latin1Of(bytes) + after)
    else this.#writeApart(before, bytes, after)
  }

  #write(text: string): void {
    if (text !== '') this.socket.write(text, 'latin1')
  }

  /** Copying so much into a string would cost more than the longer list of pieces. */
  #writeApart(before: string, bytes: Uint8Array, after: string): void {
    this.socket.cork()
    this.#write(before)
    this.socket.write(bytes)
    this.#write(after)
    this.socket.uncork()
  }

  #finish(): void {
    if (this.#closed || this.socket.destroyed) return
    this.writableFinished = true
    this.#close()
    this.#owner.answered(this.#last)
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#onClose?.()
  }
}

const latin1Of = (bytes: Uint8Array | string): string =>
  typeof bytes === 'string' ? bytes : bufferOf(bytes).toString('latin1')

const joinedBytesMax = 16_384
