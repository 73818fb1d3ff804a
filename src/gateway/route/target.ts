/** A request target that was accepted: decoded once for decisions, kept byte for byte for forwarding. */
export interface ParsedTarget {
  /** As on the request line. */
  readonly raw: string
  /** Decoded segments, the empty one of a trailing slash left out. */
  readonly segments: readonly string[]
  readonly trailingSlash: boolean
}

/**
 * Splits an origin-form target (RFC 9112 section 3.2.1) and decodes each segment once. Null when two readers of this path could
 * disagree about it: dot segments, encoded separators, empty segments, path parameters, controls, bad percent or UTF-8.
 */
export function parseTarget(raw: string): ParsedTarget | null {
  const mark = raw.indexOf('?')
  if (mark >= 0 && !isSoundQuery(raw.slice(mark + 1))) return null
  const path = mark < 0 ? raw : raw.slice(0, mark)
  if (!pathCharacters.test(path)) return null
  const segments = path.split('/')
  segments.shift()
  const trailingSlash = segments[segments.length - 1] === ''
  if (trailingSlash) segments.pop()
  for (let index = 0; index < segments.length; index++) {
    const decoded = decodeSegment(segments[index] ?? '')
    if (decoded === null) return null
    segments[index] = decoded
  }
  return { raw, segments, trailingSlash }
}

/** What follows the first `count` segments, query included, byte for byte; always begins with a slash. */
export function targetAfter(raw: string, count: number): string {
  let at = 0
  for (let passed = 0; passed < count; passed++) {
    at = raw.indexOf('/', at + 1)
    if (at < 0) break
  }
  const mark = raw.indexOf('?')
  if (at < 0 || (mark >= 0 && at > mark)) return mark < 0 ? '/' : `/${raw.slice(mark)}`
  return raw.slice(at)
}

/** Printable ASCII but for space, `#`, `\` and `;` (some servers cut a segment at its `;`, RFC 3986 section 3.3 leaves it open). */
const pathCharacters = /^\/[!-"$-:<-[\]-~]*$/
const queryCharacters = /^[!-"$-~]*$/
/** After decoding: separators and controls, dots alone, a dot segment hidden by `;`, and what a second decoding would turn into one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const treacherous = /[\u0000-\u001f\u007f-\u009f/\\]|^[. ]+$|^\.{1,2};|%(?:2e|2f|5c|00)/i

function decodeSegment(segment: string): string | null {
  if (segment === '') return null
  if (!segment.includes('%')) return segment.charCodeAt(0) === 46 && treacherous.test(segment) ? null : segment
  const decoded = decodeOnce(segment)
  return decoded === null || treacherous.test(decoded) ? null : decoded
}

function isSoundQuery(query: string): boolean {
  if (!queryCharacters.test(query)) return false
  if (!query.includes('%')) return true
  return decodeOnce(query)?.includes('\u0000') === false
}

/** Null on a bad percent or on bytes that are not UTF-8. */
function decodeOnce(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
