import type { Socket } from 'node:net'
import type { FieldBlock } from './wire/field-block.js'

/** The way back to a caller: the part of node:http's `ServerResponse` that an exchange needs, so that a leaner one may stand in its place. */
export interface Reply {
  readonly headersSent: boolean
  /** The whole answer has been handed to the system. */
  readonly writableFinished: boolean
  /** Null: the connection is not this answer's, or not any more. */
  readonly socket: Socket | null
  /** Names and values in turn. */
  writeHead(status: number, headers: string[]): unknown
  /** The same for fields whose bytes are known; absent: `writeHead` takes them. */
  writeBlocks?(status: number, blocks: readonly FieldBlock[]): void
  /** False: wait for `drain`. */
  write(bytes: Uint8Array): boolean
  end(): unknown
  end(bytes: Uint8Array): unknown
  /** Text whose characters are bytes. */
  end(bytes: string, encoding: 'latin1'): unknown
  destroy(): unknown
  /** `close` comes once: after the last byte, or when the connection is gone before. */
  on(event: 'close' | 'drain', listener: () => void): unknown
}
