/** A `mailto:` link (RFC 6068) for a plain address; null for anything that could add headers or is no address. */
export function emailHref(address: string | undefined): string | null {
  return address !== undefined && /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,190}$/i.test(address) ? `mailto:${address}` : null
}
