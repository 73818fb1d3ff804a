import { lowerName } from '../wire/lower-name.js'

/** Fields that speak of the bytes before they were cut (RFC 9110 sections 8.6, 8.8 and 14, RFC 9530, RFC 9421). */
const ofTheBytes = new Set([
  ...['content-length', 'content-encoding', 'content-range', 'accept-ranges', 'etag', 'last-modified', 'content-md5'],
  ...['digest', 'content-digest', 'repr-digest', 'signature', 'signature-input'],
])

/** What carries and keeps an answer, and tells nothing of whom it is about. */
const ofTheCarriage = new Set([
  ...['content-type', 'content-language', 'cache-control', 'expires', 'pragma', 'age', 'date', 'vary', 'retry-after'],
  // Names fields of this connection alone, which are taken out later.
  'connection',
])

/**
 * The headers that may go with a projected body: those of its carriage and those that the contract declares, as any other may repeat
 * what was cut out. Without those that the cut makes untrue; what many may share becomes private.
 */
export function headersWithin(headers: readonly string[], declared: ReadonlySet<string>): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const lower = lowerName(name)
    if (ofTheBytes.has(lower) || !(ofTheCarriage.has(lower) || declared.has(lower))) continue
    const value = headers[index + 1] ?? ''
    kept.push(name, lower === 'cache-control' && /public|s-maxage/i.test(value) ? 'private, no-cache' : value)
  }
  return kept
}

export function headerValue(headers: readonly string[], wanted: string): string | null {
  for (let index = 0; index + 1 < headers.length; index += 2)
    if (lowerName(headers[index] ?? '') === wanted) return headers[index + 1] ?? null
  return null
}
