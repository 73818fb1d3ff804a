/** An address that others gave, fit for a link: http or https without credentials in it; null otherwise, since `javascript:` runs. */
export function outsideHref(address: string | undefined): string | null {
  const url = URL.parse(address ?? '')
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  return url.username === '' && url.password === '' ? url.href : null
}
