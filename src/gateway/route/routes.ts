import type { ApiVersion, CatalogSnapshot, Environment, Platform } from '#contract'
import { environments } from '#contract'
import type { ParsedTarget } from './target.js'

/** Where a call goes, as far as its address tells. */
export interface Route {
  readonly platform: Platform
  /** Null: the platform has no such API. */
  readonly api: ApiVersion | null
  /** Null: the credential decides. */
  readonly environment: Environment | null
  /** Number of segments before the resource. */
  readonly depth: number
}

/** The addresses of one snapshot. */
export interface Routes {
  find(host: string, target: ParsedTarget): Route | null
  /** True when the path on this host is the gateway's, be it well formed or not. */
  claims(host: string, rawPath: string): boolean
  knowsHost(host: string): boolean
}

/** APIs that can be met under one address; `skipped` segments (`/<platform>/<environment>`) come first. */
interface Shelf {
  readonly skipped: number
  /** The whole address belongs to its platforms: an unknown path under it is theirs to refuse. */
  readonly dedicated: boolean
  readonly platforms: readonly Platform[]
  readonly root: Branch
}

/** What stands behind a row of segments; the deepest route on the way of a call is its own. */
interface Branch {
  route: Route | null
  readonly next: Map<string, Branch>
}

export function buildRoutes(snapshot: CatalogSnapshot): Routes {
  const bare = newShelf(0, [...snapshot.platforms.values()], false)
  const byHost = new Map<string, Shelf>()
  const byPrefix = new Map<string, Shelf>()
  for (const platform of snapshot.platforms.values()) {
    const apis = snapshot.apis.filter((api) => api.platform === platform.id && api.lifecycle.state !== 'draft')
    fill(bare, platform, { apis, environments, fixed: null })
    for (const environment of environments) {
      const prefixed = newShelf(2, [platform])
      fill(prefixed, platform, { apis, environments: [environment], fixed: environment })
      byPrefix.set(`${platform.id}/${environment}`, prefixed)
    }
    fillHosts(byHost, platform, apis)
  }
  const hostShelf = (host: string) =>
    byHost.size === 0 ? undefined : (byHost.get(host) ?? byHost.get(withoutPort(host)))
  const shelfFor = (host: string, segments: readonly string[]): Shelf =>
    hostShelf(host) ?? prefixShelf(byPrefix, segments) ?? bare
  const find = (host: string, segments: readonly string[]) => lookUp(shelfFor(host, segments), segments)
  return {
    find: (host, target) => find(host, target.segments),
    claims: (host, rawPath) => byHost.has(host) || find(host, rawPath.split('/').slice(1)) !== null,
    knowsHost: (host) => byHost.has(host) || byHost.has(withoutPort(host)),
  }
}

function prefixShelf(byPrefix: ReadonlyMap<string, Shelf>, [platform, environment]: readonly string[]) {
  return environment === 'production' || environment === 'sandbox'
    ? byPrefix.get(`${platform}/${environment}`)
    : undefined
}

const withoutPort = (host: string): string => {
  const colon = host.lastIndexOf(':')
  return colon < 0 || host.endsWith(']') ? host : host.slice(0, colon)
}

const newShelf = (skipped: number, platforms: readonly Platform[], dedicated = true): Shelf => ({
  skipped,
  dedicated,
  platforms,
  root: newBranch(),
})

const newBranch = (): Branch => ({ route: null, next: new Map() })

interface Filling {
  readonly apis: readonly ApiVersion[]
  readonly environments: readonly Environment[]
  /** What the address says about the environment. */
  readonly fixed: Environment | null
}

function fillHosts(byHost: Map<string, Shelf>, platform: Platform, apis: readonly ApiVersion[]): void {
  for (const host of new Set(environments.flatMap((environment) => platform.hosts[environment].api))) {
    const served = environments.filter((environment) => platform.hosts[environment].api.includes(host))
    const known = byHost.get(host.toLowerCase())
    const shelf = newShelf(0, known === undefined ? [platform] : [...known.platforms, platform])
    if (known !== undefined) copy(known.root, shelf.root)
    fill(shelf, platform, { apis, environments: served, fixed: served.length === 1 ? (served[0] ?? null) : null })
    byHost.set(host.toLowerCase(), shelf)
  }
}

function fill(shelf: Shelf, platform: Platform, { apis, environments: served, fixed }: Filling): void {
  const { prefix, sandboxMarker, versionMarker } = platform.path
  for (const api of apis) {
    const add = (code: string, environment: Environment | null) => {
      const segments = [...prefix, code, `${versionMarker}${api.version}`].join('/').split('/')
      put(shelf.root, segments, { platform, api, environment, depth: shelf.skipped + segments.length })
    }
    if (sandboxMarker === null) add(api.code, fixed)
    else for (const one of served) add(one === 'sandbox' ? `${sandboxMarker}${api.code}` : api.code, one)
  }
}

/** The first comer keeps an address: two APIs at one address is an error that publication refuses. */
function put(root: Branch, segments: readonly string[], route: Route): void {
  let branch = root
  for (const segment of segments) {
    const next = branch.next.get(segment) ?? newBranch()
    branch.next.set(segment, next)
    branch = next
  }
  branch.route ??= route
}

function copy(from: Branch, to: Branch): void {
  to.route ??= from.route
  for (const [segment, branch] of from.next) {
    const own = to.next.get(segment) ?? newBranch()
    to.next.set(segment, own)
    copy(branch, own)
  }
}

function lookUp(shelf: Shelf, segments: readonly string[]): Route | null {
  let branch: Branch | undefined = shelf.root
  let deepest: Route | null = null
  for (let at = shelf.skipped; branch !== undefined; at += 1) {
    deepest = branch.route ?? deepest
    const segment: string | undefined = segments[at]
    branch = segment === undefined ? undefined : branch.next.get(segment)
  }
  return deepest ?? unknownApi(shelf, segments)
}

function unknownApi(shelf: Shelf, segments: readonly string[]): Route | null {
  const platform = shelf.platforms.find(({ path }) => startsWith(segments, path.prefix, shelf.skipped)) ?? null
  const lone = shelf.dedicated ? (shelf.platforms[0] ?? null) : null
  const owner = platform ?? lone
  return owner === null ? null : { platform: owner, api: null, environment: null, depth: 0 }
}

function startsWith(segments: readonly string[], prefix: readonly string[], from: number): boolean {
  return prefix.length > 0 && prefix.every((literal, index) => segments[from + index] === literal)
}
