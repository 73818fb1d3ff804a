import { invalidRequest } from './oauth-refusal.js'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * `application/x-www-form-urlencoded` to its parameters, each at most once (RFC 6749 section 3.2).
 * Throws OAuthRefusal for a repeated name, bad percent-encoding, bad UTF-8 or a NUL.
 */
export function parseForm(body: Uint8Array): Map<string, string> {
  const form = new Map<string, string>()
  const text = decoded(() => utf8.decode(body))
  if (text === '') return form
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = unescaped(at === -1 ? pair : pair.slice(0, at))
    const value = at === -1 ? '' : unescaped(pair.slice(at + 1))
    if (form.has(name)) throw invalidRequest('a parameter is repeated')
    if (name.includes('\0') || value.includes('\0')) throw invalidRequest('a parameter holds a NUL character')
    form.set(name, value)
  }
  return form
}

/** The form again, for the library. */
export const writeForm = (form: ReadonlyMap<string, string>): string =>
  [...form].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')

const unescaped = (part: string) =>
  escaped.test(part) ? decoded(() => decodeURIComponent(part.replaceAll('+', ' '))) : part

const escaped = /[%+]/

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw invalidRequest('the form is not valid UTF-8 in percent-encoding')
  }
}
