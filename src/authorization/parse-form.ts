import { invalidRequest } from './oauth-refusal.js'

// A byte order mark stays: the library, which may get the same bytes, keeps it too.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * `application/x-www-form-urlencoded` to its parameters, each at most once (RFC 6749 section 3.2).
 * Throws OAuthRefusal for a repeated name, bad percent-encoding, bad UTF-8 or a NUL: it names the field, never its value.
 */
export function parseForm(body: Uint8Array): Map<string, string> {
  const form = new Map<string, string>()
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  // One character a byte: `&`, `=` and `%` stand for themselves in UTF-8 too.
  for (const [index, pair] of bytes.toString('latin1').split('&').entries()) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = unescaped(at === -1 ? pair : pair.slice(0, at))
    if (name === null) throw invalidRequest(`the name of parameter ${index + 1} is not valid UTF-8 in percent-encoding`)
    if (name.includes('\0')) throw invalidRequest(`the name of parameter ${index + 1} holds a NUL character`)
    const value = at === -1 ? '' : unescaped(pair.slice(at + 1))
    if (form.has(name)) throw invalidRequest(`the parameter ${shown(name)} is repeated`)
    if (value === null) throw invalidRequest(`the parameter ${shown(name)} is not valid UTF-8 in percent-encoding`)
    if (value.includes('\0')) throw invalidRequest(`the parameter ${shown(name)} holds a NUL character`)
    form.set(name, value)
  }
  return form
}

/** The form again, for the library. */
export const writeForm = (form: ReadonlyMap<string, string>): string =>
  [...form].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')

/** Null where the bytes are no UTF-8 or a percent sign stands alone. */
function unescaped(part: string): string | null {
  if (!beyondPlain.test(part)) return part
  try {
    // What a browser or a library sends is ASCII.
    const text = beyondAscii.test(part) ? utf8.decode(Buffer.from(part, 'latin1')) : part
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}

const beyondPlain = /[%+\u0080-\u00ff]/
const beyondAscii = /[\u0080-\u00ff]/

/** A name that the caller chose, in a text: short, and in the characters that RFC 6749 section 5.2 allows there. */
const shown = (name: string) => name.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?').slice(0, 40)
