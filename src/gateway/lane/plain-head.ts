/** The head of a request that leaves nothing to interpret. */
export interface PlainHead {
  readonly method: 'GET' | 'HEAD'
  readonly url: string
  readonly rawHeaders: readonly string[]
}

/**
 * Reads one whole request of the plainest form: GET or HEAD of a path over HTTP/1.1, every line sound and ended by CRLF, no body, nothing
 * before it and nothing after. Null for all the rest, good or bad: what this cannot read is for node:http to read or refuse.
 */
export function readPlainHead(text: string): PlainHead | null {
  const lineEnd = text.indexOf('\r\n')
  const method = text.startsWith('GET /') ? 'GET' : text.startsWith('HEAD /') ? 'HEAD' : null
  if (method === null || !text.endsWith('\r\n\r\n') || !text.startsWith(version, lineEnd - version.length)) return null
  const url = text.slice(method.length + 1, lineEnd - version.length)
  if (!target.test(url)) return null
  const rawHeaders = readFields(text, lineEnd + 2)
  return rawHeaders === null ? null : { method, url, rawHeaders }
}

const version = ' HTTP/1.1'
const target = /^[!-~]+$/
const fieldName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const fieldValue = /^[\t -~\u0080-\u00ff]*$/

/** Up to the empty line, which must be the end of the text. */
function readFields(text: string, from: number): string[] | null {
  const fields: string[] = []
  const last = text.length - 2
  for (let at = from; at < last; ) {
    const end = text.indexOf('\r\n', at)
    const colon = text.indexOf(':', at)
    if (colon < 0 || colon > end) return null
    const name = text.slice(at, colon)
    const value = withoutBlanks(text, colon + 1, end)
    if (!fieldName.test(name) || !fieldValue.test(value) || speaksOfMore(name, value)) return null
    fields.push(name, value)
    at = end + 2
  }
  return fields
}

/** Blanks and tabs around a value are none of it (RFC 9110 section 5.5); `trim` would take bytes of it as well. */
function withoutBlanks(text: string, from: number, to: number): string {
  let start = from
  let end = to
  while (start < end && isBlank(text.charCodeAt(start))) start += 1
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}

const isBlank = (code: number): boolean => code === 32 || code === 9

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
