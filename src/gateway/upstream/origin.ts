/** Where an upstream's address leads: an origin, and the path under which its API stands. */
export interface UpstreamAddress {
  readonly url: string
  /** `https://host:port`, as in `aud`. */
  readonly origin: string
  readonly secure: boolean
  readonly hostname: string
  readonly port: number
  /** Value of `Host`. */
  readonly authority: string
  /** Without its trailing slash; empty at the root. */
  readonly basePath: string
}

/** Addresses were checked when the platform was read; parsed once each. */
export function createAddresses(): (url: string) => UpstreamAddress {
  const known = new Map<string, UpstreamAddress>()
  return (url) => {
    const address = known.get(url)
    if (address !== undefined) return address
    const parsed = parseAddress(url)
    known.set(url, parsed)
    return parsed
  }
}

function parseAddress(url: string): UpstreamAddress {
  const parsed = new URL(url)
  const secure = parsed.protocol === 'https:'
  return {
    url,
    origin: parsed.origin,
    secure,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    authority: parsed.host,
    basePath: parsed.pathname.replace(/\/$/, ''),
  }
}
