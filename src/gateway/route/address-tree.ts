import { type AddressPattern, type BasePath, holdsSegment, type Platform, patternOf } from '#contract'
import type { Route } from './route.js'

/** Rows of segments and what stands behind them. */
export interface AddressTree {
  /** The first comer keeps an address: two APIs at one address is an error that publication refuses. */
  put(base: BasePath, route: Route): void
  /** What answers a version of this address that does not exist: the newest that does. */
  putFamily(base: BasePath, route: Route): void
  own(pattern: AddressPattern, platform: Platform): void
  /** The deepest route on the way; where there is none, that of a version which does not exist. */
  find(segments: readonly string[], from: number): Route | null
  ownerOf(segments: readonly string[], from: number): Platform | null
}

interface Branch {
  route: Route | null
  readonly next: Map<string, Branch>
}

interface Family {
  readonly pattern: AddressPattern
  readonly versionAt: number
  readonly versionMarker: string
  route: Route
}

export function addressTree(): AddressTree {
  const root = newBranch()
  const families = new Map<string, Family>()
  const open: { readonly pattern: AddressPattern; readonly route: Route }[] = []
  const owned: { readonly pattern: AddressPattern; readonly platform: Platform }[] = []
  return {
    put(base, route) {
      const pattern = patternOf({ ...base, versionAt: null })
      if (pattern.every((segment) => typeof segment === 'string')) put(root, base.segments, route)
      else open.push({ pattern, route })
    },
    putFamily(base, route) {
      if (base.versionAt === null) return
      const pattern = patternOf(base)
      const key = JSON.stringify(pattern)
      const known = families.get(key)
      if (known === undefined)
        families.set(key, { pattern, versionAt: base.versionAt, versionMarker: base.versionMarker, route })
      else if (isNewer(route, known.route)) known.route = route
    },
    own: (pattern, platform) => owned.push({ pattern, platform }),
    find: (segments, from) =>
      deepest(root, segments, from) ??
      open.find(({ pattern }) => leads(pattern, segments, from))?.route ??
      unknownVersion(families.values(), segments, from),
    ownerOf: (segments, from) => owned.find(({ pattern }) => leads(pattern, segments, from))?.platform ?? null,
  }
}

const newBranch = (): Branch => ({ route: null, next: new Map() })

function put(root: Branch, segments: readonly string[], route: Route): void {
  let branch = root
  for (const segment of segments) {
    const next = branch.next.get(segment) ?? newBranch()
    branch.next.set(segment, next)
    branch = next
  }
  branch.route ??= route
}

function deepest(root: Branch, segments: readonly string[], from: number): Route | null {
  let branch: Branch | undefined = root
  let found: Route | null = null
  for (let at = from; branch !== undefined; at += 1) {
    found = branch.route ?? found
    const segment: string | undefined = segments[at]
    branch = segment === undefined ? undefined : branch.next.get(segment)
  }
  return found
}

function unknownVersion(families: Iterable<Family>, segments: readonly string[], from: number): Route | null {
  for (const { pattern, versionAt, versionMarker, route } of families) {
    if (!leads(pattern, segments, from)) continue
    return { ...route, unknownVersion: (segments[from + versionAt] ?? '').slice(versionMarker.length) }
  }
  return null
}

const leads = (pattern: AddressPattern, segments: readonly string[], from: number): boolean =>
  pattern.every((one, index) => holdsSegment(one, segments[from + index] ?? ''))

const isNewer = ({ api }: Route, { api: other }: Route): boolean =>
  (api?.version ?? '').localeCompare(other?.version ?? '', 'en', { numeric: true }) > 0
