const webSchemes = new Set(['http:', 'https:'])
/** Schemes that run or hold content of their own: never a place to send a form. */
const refusedSchemes = new Set(['javascript:', 'data:', 'blob:', 'file:', 'about:', 'filesystem:', 'view-source:'])

/**
 * What a `form-action` directive says for this redirect URI: its origin, or its scheme for a native application's own scheme; null for what
 * cannot be said. CSP has no syntax for an IPv6 address, so a loopback `http://[::1]` is said as `http:`, and other IPv6 hosts not at all.
 */
export function formActionSource(uri: string): string | null {
  const url = URL.parse(uri)
  if (url === null || refusedSchemes.has(url.protocol)) return null
  if (!webSchemes.has(url.protocol)) return /^[a-z][a-z0-9+.-]*:$/.test(url.protocol) ? url.protocol : null
  if (url.hostname.startsWith('[')) return url.hostname === '[::1]' ? url.protocol : null
  return /^[a-z0-9.-]+$/.test(url.hostname) ? url.origin : null
}
