import { isIP } from 'node:net'
import { targetAfter } from '../route/target.js'
import type { UpstreamAddress } from '../upstream/origin.js'

/** Where an answer comes from, and how its caller says that place. */
export interface Ground {
  /** The caller's target, and how many of its segments name the API's version. */
  readonly raw: string
  readonly depth: number
  /** The caller's `Host`, in lower case. */
  readonly host: string
  /** Who answered; null: the sandbox. */
  readonly address: UpstreamAddress | null
  /** Every address of the API, of whatever environment. */
  readonly upstreamUrls: readonly string[]
}

/**
 * Rewrites `Location`, `Content-Location` and `Link` of an upstream's answer (RFC 9110 sections 10.2.2 and 8.7, RFC 8288), in place. What
 * lies under the upstream's own base goes to the caller as a path of its own address; what its network alone can reach goes nowhere, with
 * the field; what is public passes.
 */
export function rewriteReferences(headers: string[], groundOf: () => Ground): void {
  let ground: Ground | null = null
  for (let index = headers.length - 2; index >= 0; index -= 2) {
    const kind = referenceIn(headers[index] ?? '')
    if (kind === null) continue
    ground ??= groundOf()
    const value = headers[index + 1] ?? ''
    const rewritten = kind === 'link' ? rewriteLinks(value, ground) : rewrite(value, ground)
    if (rewritten === null) headers.splice(index, 2)
    else headers[index + 1] = rewritten
  }
}

export function holdsReferences(headers: readonly string[]): boolean {
  for (let index = 0; index < headers.length; index += 2) if (referenceIn(headers[index] ?? '') !== null) return true
  return false
}

/** By length first: most names are none of these. */
function referenceIn(name: string): 'location' | 'content-location' | 'link' | null {
  if (name.length !== 8 && name.length !== 16 && name.length !== 4) return null
  const kind = name.toLowerCase()
  return kind === 'location' || kind === 'content-location' || kind === 'link' ? kind : null
}

/** Null as soon as one target must not be seen. */
function rewriteLinks(value: string, ground: Ground): string | null {
  let sound = true
  const links = value.replace(/<([^<>]*)>/g, (_whole, target: string) => {
    const rewritten = rewrite(target, ground)
    sound &&= rewritten !== null
    return `<${rewritten ?? ''}>`
  })
  return sound ? links : null
}

function rewrite(reference: string, ground: Ground): string | null {
  const { raw, depth, address } = ground
  const base = `${address?.origin ?? 'http://sandbox.invalid'}${address?.basePath ?? ''}${targetAfter(raw, depth)}`
  if (!URL.canParse(reference, base)) return null
  const url = new URL(reference, base)
  const known = ownPath(url, ground, new URL(base).hostname)
  if (known !== undefined) return known === null ? null : `${known}${url.search}${url.hash}`
  return isPublic(url, ground) ? reference : null
}

/** The path as its caller says it; null: of the upstream, but out of its caller's reach; undefined: of neither. */
function ownPath(url: URL, { raw, depth, host, address }: Ground, upstream: string): string | null | undefined {
  const prefix = prefixOf(raw, depth)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  // Many write their own address from `X-Forwarded-Host`, and their own path behind it; the sandbox says either.
  const isPublished = url.host === host || address === null
  if (isPublished && under(url.pathname, prefix) !== null) return url.pathname
  if (url.hostname !== upstream && url.host !== host) return undefined
  const rest = under(url.pathname, address?.basePath ?? '')
  return rest === null ? null : `${prefix}${rest}`
}

function under(path: string, base: string): string | null {
  if (path === base) return ''
  return path.startsWith(`${base}/`) ? path.slice(base.length) : null
}

function prefixOf(raw: string, depth: number): string {
  let at = 0
  for (let passed = 0; passed < depth; passed++) {
    const next = raw.indexOf('/', at + 1)
    if (next < 0) return raw.split('?', 1)[0] ?? ''
    at = next
  }
  return raw.slice(0, at)
}

/** A name that anybody can look up, and none of the API's own addresses. */
function isPublic({ protocol, hostname }: URL, { upstreamUrls }: Ground): boolean {
  if (protocol !== 'https:' && protocol !== 'http:') return false
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || !hostname.includes('.') || withinHouse.test(hostname))
    return false
  return upstreamUrls.every((url) => new URL(url).hostname !== hostname)
}

/** Names without a meaning outside (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`, and those of usual orchestrators and boxes). */
const withinHouse =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|intra|private|corp|home|lan|test|example|invalid|svc|cluster|consul|arpa|onion)\.?$/
