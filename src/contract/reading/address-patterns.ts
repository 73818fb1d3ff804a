import { environments } from '../environment.js'
import type { Platform } from '../platform.js'
import { type Addressed, type BasePath, basePath, parameterIn } from './api-path.js'

/** A literal, any version behind its marker, or anything at all. */
export type PatternSegment = string | { readonly marker: string } | { readonly parameter: string }

/** A row of segments under which every address is one platform's, known to it or not. */
export type AddressPattern = readonly PatternSegment[]

/**
 * What a platform owns where the path alone says whose a call is: the literal beginning of its shape, and each own path of its APIs, from its
 * first segment on where that is the version, else from its last.
 */
export function addressPatterns(platform: Pick<Platform, 'path' | 'gone'>, apis: readonly Addressed[]) {
  const { prefix, versionFirst, versionMarker } = platform.path
  const shape: AddressPattern = versionFirst === true ? [...prefix, { marker: versionMarker }] : prefix
  const own = apis.flatMap((api) => (api.path === undefined ? [] : [ownedBy(api.path)]))
  return [shape, ...own, ...(platform.gone ?? []).map(({ segments }) => segments)].filter(({ length }) => length > 0)
}

const ownedBy = ({ segments, versionAt, versionMarker }: BasePath): AddressPattern =>
  versionAt === 0 ? [{ marker: versionMarker }] : patternOf({ segments, versionAt, versionMarker })

/** The address for every version. */
export const patternOf = ({ segments, versionAt, versionMarker }: BasePath): AddressPattern =>
  segments.map((segment, index) => {
    const parameter = parameterIn(segment)
    if (parameter !== null) return { parameter }
    return index === versionAt ? { marker: versionMarker } : segment
  })

export function holdsSegment(pattern: PatternSegment, segment: string): boolean {
  if (typeof pattern === 'string') return pattern === segment
  return 'parameter' in pattern ? segment !== '' : isVersion(segment, pattern.marker)
}

/** Digits, perhaps with points, behind the marker. */
export const isVersion = (segment: string, marker: string): boolean =>
  segment.startsWith(marker) && /^\d+(?:\.\d+)*$/.test(segment.slice(marker.length))

/** True where one address at least lies under both. */
export function overlap(one: AddressPattern, other: AddressPattern): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).every((segment, index) => meet(segment, other[index] ?? ''))
}

function meet(one: PatternSegment, other: PatternSegment): boolean {
  if (typeof one === 'string') return holdsSegment(other, one)
  if (typeof other === 'string') return holdsSegment(one, other)
  return !('marker' in one && 'marker' in other) || one.marker === other.marker
}

/** Every address of a platform and what it owns, to be held against another's. */
export const claimsOf = (platform: Platform): readonly AddressPattern[] => [
  ...addressPatterns(platform, platform.apis),
  ...platform.apis.flatMap((api) =>
    environments.map((environment) => patternOf(basePath(platform.path, api, environment))),
  ),
]
