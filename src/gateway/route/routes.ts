import type { ApiVersion, CatalogSnapshot, Environment, Platform } from '#contract'
import { addressPatterns, basePath, environments, marksSandbox } from '#contract'
import { type AddressTree, addressTree } from './address-tree.js'
import type { Route } from './route.js'
import type { ParsedTarget } from './target.js'

/** The addresses of one snapshot. */
export interface Routes {
  find(host: string, target: ParsedTarget): Route | null
  /** Where a path on this host was meant to go, be it well formed or not; null: it is none of the gateway's. */
  near(host: string, rawPath: string): Route | null
  knowsHost(host: string): boolean
}

/** APIs that can be met under one address; `skipped` segments (`/<platform>/<environment>`) come first. */
interface Shelf {
  readonly skipped: number
  /** The platform to which the whole address belongs: an unknown path under it is its own to refuse. */
  readonly owner: Platform | null
  readonly tree: AddressTree
}

export function buildRoutes(snapshot: CatalogSnapshot): Routes {
  const bare = newShelf(0, null)
  const byHost = new Map<string, Shelf>()
  const byPrefix = new Map<string, Shelf>()
  for (const platform of snapshot.platforms.values()) {
    const apis = snapshot.apis.filter((api) => api.platform === platform.id && api.lifecycle.state !== 'draft')
    fill(bare, platform, { apis, environments, fixed: null })
    for (const environment of environments) {
      const prefixed = newShelf(2, platform)
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
    near: (host, rawPath) => find(host, likelySegments(rawPath)),
    knowsHost: (host) => byHost.has(host) || byHost.has(withoutPort(host)),
  }
}

/** Where a path that is refused was meant to go: without empty segments, and without what follows `;` or `#`. */
const likelySegments = (rawPath: string): readonly string[] =>
  rawPath
    .split('/')
    .flatMap((segment) => segment.split(/[;#]/, 1))
    .filter((segment) => segment !== '')

function prefixShelf(byPrefix: ReadonlyMap<string, Shelf>, [platform, environment]: readonly string[]) {
  return environment === 'production' || environment === 'sandbox'
    ? byPrefix.get(`${platform}/${environment}`)
    : undefined
}

const withoutPort = (host: string): string => {
  const colon = host.lastIndexOf(':')
  return colon < 0 || host.endsWith(']') ? host : host.slice(0, colon)
}

const newShelf = (skipped: number, owner: Platform | null): Shelf => ({ skipped, owner, tree: addressTree() })

interface Filling {
  readonly apis: readonly ApiVersion[]
  readonly environments: readonly Environment[]
  /** What the address says about the environment. */
  readonly fixed: Environment | null
}

function fillHosts(byHost: Map<string, Shelf>, platform: Platform, apis: readonly ApiVersion[]): void {
  for (const host of new Set(environments.flatMap((environment) => platform.hosts[environment].api))) {
    const served = environments.filter((environment) => platform.hosts[environment].api.includes(host))
    const name = host.toLowerCase()
    const shelf = byHost.get(name) ?? newShelf(0, platform)
    fill(shelf, platform, { apis, environments: served, fixed: served.length === 1 ? (served[0] ?? null) : null })
    byHost.set(name, shelf)
  }
}

/** What is gone comes first: it takes an address from the API that still has it. */
function fill({ tree, skipped }: Shelf, platform: Platform, { apis, environments: served, fixed }: Filling): void {
  const common = { platform, unknownVersion: null }
  for (const gone of platform.gone ?? [])
    tree.put(
      { segments: gone.segments, versionAt: null, versionMarker: '' },
      { ...common, api: null, gone, environment: fixed, depth: 0 },
    )
  for (const pattern of addressPatterns(platform, apis)) tree.own(pattern, platform)
  for (const api of apis) {
    const marked = marksSandbox(platform.path, api)
    for (const one of marked ? served : served.slice(0, 1)) {
      const base = basePath(platform.path, api, one)
      const depth = skipped + base.segments.length
      const route = { ...common, api, gone: null, environment: marked ? one : fixed, depth }
      tree.put(base, route)
      tree.putFamily(base, route)
    }
  }
}

function lookUp({ tree, skipped, owner }: Shelf, segments: readonly string[]): Route | null {
  const found = tree.find(segments, skipped)
  if (found !== null) return found
  const platform = owner ?? tree.ownerOf(segments, skipped)
  return platform === null
    ? null
    : { platform, api: null, unknownVersion: null, gone: null, environment: null, depth: 0 }
}
