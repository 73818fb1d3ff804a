import { STATUS_CODES } from 'node:http'
import type { FieldBlock } from '../wire/field-block.js'

export interface ReplyHead {
  /** The bytes of the head, latin1. */
  readonly text: string
  /** What `Content-Length` says; null: the body, if any, goes in chunks. */
  readonly length: number | null
  /** The connection ends with this answer. */
  readonly last: boolean
}

export interface ReplyFacts {
  /** An answer to HEAD, a 204 or a 304. */
  readonly bodiless: boolean
  /** No other answer may follow on this connection. */
  readonly closing: boolean
}

/** Writes a head as node:http would: what was given, then `Date`, `Connection` and `Transfer-Encoding` where they were not. */
export function replyHead(status: number, blocks: readonly FieldBlock[], { bodiless, closing }: ReplyFacts): ReplyHead {
  let text = statusLine(status)
  let length: number | null = null
  let connection: string | null = null
  let dated = false
  for (const block of blocks) {
    text += block.text
    length = block.length ?? length
    connection = block.connection ?? connection
    dated ||= block.dated
  }
  const last = closing || connection === 'close'
  if (!dated) text += httpDate()
  if (connection === null) text += last ? 'Connection: close\r\n' : 'Connection: keep-alive\r\n'
  if (!bodiless && length === null) text += 'Transfer-Encoding: chunked\r\n'
  return { text: `${text}\r\n`, length, last }
}

const lines = new Map<number, string>()

function statusLine(status: number): string {
  let line = lines.get(status)
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`
    lines.set(status, line)
  }
  return line
}

let second = 0
let date = ''

/** The same for all answers of one second. */
function httpDate(): string {
  const now = Math.floor(Date.now() / 1000)
  if (now !== second) {
    second = now
    date = `Date: ${new Date(now * 1000).toUTCString()}\r\n`
  }
  return date
}
