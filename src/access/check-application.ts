import type { NewApplication } from './access.js'
import { accessProblem } from './problems.js'

/** C0 and C1 controls, DEL, and the signs that turn text around: they would reach SQL, logs or a page (T24). */
const unreadable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

/** Refuses what must not be stored. Returns the name as it will be kept. */
export function checkName(name: string): string {
  const kept = name.trim().normalize('NFC')
  if (!kept.isWellFormed() || unreadable.test(name) || kept.length === 0 || [...kept].length > 100) {
    throw accessProblem('access/bad-name')
  }
  return kept
}

/** Refuses what could not be shown as one line. Returns the purpose as it will be kept. */
export function checkPurpose(purpose: NewApplication['purpose']): string | null {
  const kept = purpose?.trim().normalize('NFC') ?? ''
  if (!kept.isWellFormed() || unreadable.test(kept) || [...kept].length > 300) throw accessProblem('access/bad-purpose')
  return kept === '' ? null : kept
}

/** Exact addresses (RFC 9700 section 2.1): https, or http to the machine itself (RFC 8252 section 7.3). */
export function checkRedirectUris(uris: NewApplication['redirectUris'] = []): readonly string[] {
  if (uris.length > 20 || !uris.every(isRedirectUri)) throw accessProblem('access/bad-redirect-uri')
  return uris
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

function isRedirectUri(text: string): boolean {
  if (text.length > 2000 || !text.isWellFormed() || unreadable.test(text) || /[\s*\\]/.test(text)) return false
  const url = URL.parse(text)
  if (url === null || text.includes('#') || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
}
