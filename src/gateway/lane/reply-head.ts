import { STATUS_CODES } from 'node:http'

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

/**
 * Writes a head as node:http would: what was given, then `Date`, `Connection` and `Transfer-Encoding` where they were not. Throws on a field that
 * would end its line or is none (RFC 9110 section 5.5).
 */
export function replyHead(status: number, headers: readonly string[], { bodiless, closing }: ReplyFacts): ReplyHead {
  const seen: Seen = { length: null, dated: false, connection: null }
  let text = statusLine(status)
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const value = headers[index + 1] ?? ''
    if (!isName(name) || !fieldValue.test(value)) throw new TypeError(`unsound answer field: ${name}`)
    note(seen, name, value)
    text += `${name}: ${value}\r\n`
  }
  const last = closing || seen.connection === 'close'
  if (!seen.dated) text += httpDate()
  if (seen.connection === null) text += last ? 'Connection: close\r\n' : 'Connection: keep-alive\r\n'
  if (!bodiless && seen.length === null) text += 'Transfer-Encoding: chunked\r\n'
  return { text: `${text}\r\n`, length: seen.length, last }
}

const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const fieldValue = /^[\t -~\u0080-\u00ff]*$/

/** Providers choose the names: memory for them has an end. */
const namesMax = 1_000
const names = new Set<string>()

/** Names repeat: each is looked at once. */
function isName(name: string): boolean {
  if (names.has(name)) return true
  if (!fieldName.test(name)) return false
  if (names.size < namesMax) names.add(name)
  return true
}

interface Seen {
  length: number | null
  dated: boolean
  connection: string | null
}

function note(seen: Seen, name: string, value: string): void {
  if (name.length === 14 && name.toLowerCase() === 'content-length') seen.length = Number(value)
  else if (name.length === 4 && name.toLowerCase() === 'date') seen.dated = true
  else if (name.length === 10 && name.toLowerCase() === 'connection') seen.connection = value.toLowerCase()
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
