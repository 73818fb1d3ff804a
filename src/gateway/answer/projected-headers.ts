import { lowerName } from '../wire/lower-name.js'

/** Fields that speak of the bytes before they were cut (RFC 9110 sections 8.6, 8.8 and 14, RFC 9530, RFC 9421). */
const ofTheBytes = new Set([
  ...['content-length', 'content-encoding', 'content-range', 'accept-ranges', 'etag', 'last-modified', 'content-md5'],
  ...['digest', 'content-digest', 'repr-digest', 'signature', 'signature-input'],
])

/** The headers without those that a projection makes untrue, and without the named ones; what many may share becomes private. */
export function without(headers: readonly string[], named: ReadonlySet<string> = nothing): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const lower = lowerName(name)
    if (ofTheBytes.has(lower) || named.has(lower)) continue
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

const nothing: ReadonlySet<string> = new Set()
