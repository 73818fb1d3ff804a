/** What a browser says of the page that sent a form. */
export interface Sender {
  readonly fetchSite: string | undefined
  readonly origin: string | undefined
  readonly host: string | undefined
}

/**
 * Whether a form comes from a page of this origin, or from no page at all. Browsers send `Sec-Fetch-Site` to https and localhost alone; elsewhere
 * `Origin` tells, which is `null` from a page without a referrer (Fetch, "append a request Origin header"): so the pages with this form send
 * `Referrer-Policy: same-origin`, and `null` is a stranger's. The front lets in no host but our own.
 */
export function isSameOrigin({ fetchSite, origin, host }: Sender): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  if (origin === undefined) return true
  return host !== undefined && [`http://${host}`, `https://${host}`].includes(origin.toLowerCase())
}
