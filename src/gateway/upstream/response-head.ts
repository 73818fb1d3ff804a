import { fieldName } from '../wire/field-name.js'
import { fieldValue } from '../wire/field-value.js'
import { soundFields } from '../wire/sound-fields.js'

/** How the end of a body is told (RFC 9112 section 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }

export interface ResponseHead {
  readonly status: number
  /** Names and values in turn, hop-by-hop fields included. */
  readonly headers: readonly string[]
  readonly framing: Framing
  /** The connection may carry another call. */
  readonly reusable: boolean
  /** From `Keep-Alive: timeout=…`; null when the upstream does not say. */
  readonly keepAliveMilliseconds: number | null
}

/**
 * Reads the head of an answer, its last line's end included, strictly: null for whatever two readers could take in two ways (bare CR or LF, folded lines, bad names,
 * `Content-Length` repeated or beside `Transfer-Encoding`: RFC 9112 sections 2.2, 5.2 and 6.3).
 */
export function parseResponseHead(text: string, method: string): ResponseHead | null {
  const end = text.indexOf('\r\n')
  const line = statusLine.exec(text.slice(0, end))
  if (line === null) return null
  const status = Number(line[2])
  const fields = readFields(text, end + 2)
  if (fields === null) return null
  const framing = framingOf(fields, status, method)
  if (framing === null) return null
  const reusable =
    line[1] === '1' &&
    framing.kind !== 'close' &&
    !closes.test(fields.connection) &&
    !isBodyDoubtful(fields, status, method)
  return { status, headers: fields.headers, framing, reusable, keepAliveMilliseconds: fields.keepAliveMilliseconds }
}

const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t -~\u0080-\u00ff]*)?$/
const closes = /(?:^|[,\s])close(?:$|[,\s])/i

interface Fields {
  readonly headers: string[]
  length: string | null
  encoding: string | null
  connection: string
  keepAliveMilliseconds: number | null
}

const noFields = (): Fields => ({
  headers: [],
  length: null,
  encoding: null,
  connection: '',
  keepAliveMilliseconds: null,
})

function readFields(text: string, from: number): Fields | null {
  if (!soundFields.test(text.slice(from))) return null
  const fields = noFields()
  for (let at = from; at < text.length; ) {
    const end = text.indexOf('\r\n', at)
    const colon = text.indexOf(':', at)
    if (!keepField(fields, fieldName(text, at, colon), fieldValue(text, colon + 1, end))) return null
    at = end + 2
  }
  return fields
}

/** False when the field contradicts another one. */
function keepField(fields: Fields, name: string, value: string): boolean {
  fields.headers.push(name, value)
  if (name.length !== 10 && name.length !== 14 && name.length !== 17) return true
  switch (name.toLowerCase()) {
    case 'content-length':
      if (fields.length !== null) return false
      fields.length = value
      break
    case 'transfer-encoding':
      if (fields.encoding !== null) return false
      fields.encoding = value.toLowerCase()
      break
    case 'connection':
      fields.connection = fields.connection === '' ? value : `${fields.connection}, ${value}`
      break
    case 'keep-alive': {
      const seconds = /timeout=(\d{1,6})/i.exec(value)
      if (seconds !== null) fields.keepAliveMilliseconds = Number(seconds[1]) * 1000
    }
  }
  return true
}

/** A server that wrongly sends a body all the same would answer the next call with it. */
function isBodyDoubtful({ length, encoding }: Fields, status: number, method: string): boolean {
  if (method === 'HEAD') return true
  return (status === 204 || status === 304) && (encoding !== null || (length !== null && length !== '0'))
}

const noBody: Framing = { kind: 'none' }

function framingOf({ length, encoding }: Fields, status: number, method: string): Framing | null {
  if (length !== null && (encoding !== null || !/^\d{1,15}$/.test(length))) return null
  if (encoding !== null && encoding !== 'chunked') return null
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return noBody
  if (encoding !== null) return { kind: 'chunked' }
  if (length === null) return { kind: 'close' }
  return length === '0' ? noBody : { kind: 'length', bytes: Number(length) }
}
