/** What a browser says of the page that sent a form. */
export interface Sender {
  readonly fetchSite: string | undefined
  readonly origin: string | undefined
  readonly host: string | undefined
}

/**
 * Whether a form comes from a page of this origin, or from no page at all. A page that sends no referrer has the browser write `Origin: null`
 * (Fetch, "append a request Origin header"), so `Sec-Fetch-Site` counts first; the front lets in no host but our own.
 */
export function isSameOrigin({ fetchSite, origin, host }: Sender): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  if (origin === undefined) return true
  return host !== undefined && [`http://${host}`, `https://${host}`].includes(origin.toLowerCase())
}
