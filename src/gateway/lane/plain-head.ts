import type { HeadMemo } from '../incoming.js'
import { fieldName } from '../wire/field-name.js'
import { fieldValue } from '../wire/field-value.js'
import { soundFields } from '../wire/sound-fields.js'

/** The head of a request that leaves nothing to interpret. */
export interface PlainHead {
  readonly method: 'GET' | 'HEAD'
  readonly url: string
  readonly fields: PlainFields
}

export interface PlainFields {
  /** As they came, without the empty line. */
  readonly text: string
  readonly rawHeaders: readonly string[]
  readonly memo: HeadMemo
}

/**
 * Reads one whole request of the plainest form: GET or HEAD of a path over HTTP/1.1, every line sound and ended by CRLF, no body, nothing
 * before it and nothing after. Null for all the rest, good or bad: what this cannot read is for node:http to read or refuse. `last`: the
 * fields that came before on this connection, taken again when they are the same to the byte, as most callers send them.
 */
export function readPlainHead(text: string, last: PlainFields | null = null): PlainHead | null {
  const lineEnd = text.indexOf('\r\n')
  const method = text.startsWith('GET /') ? 'GET' : text.startsWith('HEAD /') ? 'HEAD' : null
  if (method === null || !text.endsWith('\r\n\r\n') || !text.startsWith(version, lineEnd - version.length)) return null
  const url = text.slice(method.length + 1, lineEnd - version.length)
  if (!target.test(url)) return null
  const from = lineEnd + 2
  const same = last !== null && last.text.length === text.length - 2 - from && text.startsWith(last.text, from)
  const fields = same ? last : readFields(text.slice(from, -2))
  return fields === null ? null : { method, url, fields }
}

const version = ' HTTP/1.1'
const target = /^[!-~]+$/

/** Null: not sound, or they speak of more than a plain call. */
function readFields(lines: string): PlainFields | null {
  if (!soundFields.test(lines)) return null
  const rawHeaders: string[] = []
  for (let at = 0; at < lines.length; ) {
    const end = lines.indexOf('\r\n', at)
    const colon = lines.indexOf(':', at)
    const name = fieldName(lines, at, colon)
    const value = fieldValue(lines, colon + 1, end)
    if (speaksOfMore(name, value)) return null
    rawHeaders.push(name, value)
    at = end + 2
  }
  return { text: lines, rawHeaders, memo: { host: null, received: null } }
}

/** A body, an expectation, another protocol, an end of the connection: by length first, since most names are none of these. */
function speaksOfMore(name: string, value: string): boolean {
  switch (name.length) {
    case 6:
      return name.toLowerCase() === 'expect'
    case 7:
      return name.toLowerCase() === 'upgrade'
    case 10:
      return name.toLowerCase() === 'connection' && value.toLowerCase() !== 'keep-alive'
    case 14:
      return name.toLowerCase() === 'content-length'
    case 16:
      return name.toLowerCase() === 'proxy-connection'
    case 17:
      return name.toLowerCase() === 'transfer-encoding'
    default:
      return false
  }
}
