import type { ApiPath, ApiVersion } from '../api.js'
import type { Environment } from '../environment.js'
import type { PathShape } from '../platform.js'
import { isLiteral, ownerOf } from './path-shape.js'

/** The address of a version of an API, up to its resources. */
export interface BasePath {
  readonly segments: readonly string[]
  /** Which segment holds the version; null: none says it. */
  readonly versionAt: number | null
  /** Literal before the version in its segment. */
  readonly versionMarker: string
}

export type Addressed = Pick<ApiVersion, 'code' | 'version' | 'path'>

/** `/v{version}/dss/quotient_familial`, with this version in it; or why it is no base path. */
export function parseApiPath(source: string, version: string): ApiPath | { readonly wrong: string } {
  const written = source.split('/').slice(1)
  if (!source.startsWith('/') || written.includes('')) return wrong('it must begin with "/", and not end with it')
  if (written.at(-1) === '{resource*}') return wrong('the resource is appended of itself: leave "/{resource*}" out')
  const versions = written.map((segment) => versioned.exec(segment))
  const inside = (index: number) => index > 0 && index < written.length - 1
  const odd = written.find(
    (segment, index) =>
      versions[index] === null && !isLiteral(segment) && !(inside(index) && parameterIn(segment) !== null),
  )
  if (odd !== undefined)
    return wrong(
      `"${odd}" is neither letters, digits, ".", "_", "~" and "-", nor a literal with "{version}" at its end, nor a parameter between two others`,
    )
  if (versions.filter((found) => found !== null).length > 1) return wrong('it names the version twice')
  const versionAt = versions.findIndex((found) => found !== null)
  if (versionAt === 0 && versions[0]?.[1] === '') return wrong('its first segment needs a literal before "{version}"')
  const owner = ownerOf(written[0] ?? '')
  if (owner !== null) return wrong(owner)
  if (written[1] === 'sandbox' || written[1] === 'production')
    return wrong(`its second segment is the name of an environment, "${written[1]}"`)
  return {
    source,
    segments: written.map((segment) => segment.replace('{version}', version)),
    versionAt: versionAt < 0 ? null : versionAt,
    versionMarker: versions[versionAt]?.[1] ?? '',
  }
}

/** The name of a segment that may be anything: `{provider}`. */
export const parameterIn = (segment: string): string | null => /^\{([A-Za-z][A-Za-z0-9]*)\}$/.exec(segment)?.[1] ?? null

const versioned = /^([A-Za-z0-9._~-]*)\{version\}$/
const wrong = (reason: string) => ({ wrong: reason })

/** Where a version answers in an environment: at its own path, or by the shape of its platform. */
export function basePath(shape: PathShape, api: Addressed, environment: Environment): BasePath {
  if (api.path !== undefined) return api.path
  const marker = environment === 'sandbox' ? (shape.sandboxMarker ?? '') : ''
  const named = [`${marker}${api.code}`, `${shape.versionMarker}${api.version}`]
  const { length } = shape.prefix
  return {
    segments: [...shape.prefix, ...(shape.versionFirst === true ? named.toReversed() : named)],
    versionAt: shape.versionFirst === true ? length : length + 1,
    versionMarker: shape.versionMarker,
  }
}

/** Path of a version of an API, to be printed: `/partenaire/testoffresdemploi/v2`, then the resource as given. */
export function formatPath(
  shape: PathShape,
  api: Addressed,
  { environment, resource = '' }: { readonly environment: Environment; readonly resource?: string },
): string {
  return `/${basePath(shape, api, environment).segments.join('/')}${resource}`
}

/** The path says which environment is meant, so that one credential serves both. */
export const marksSandbox = (shape: PathShape, api: Pick<ApiVersion, 'path'>): boolean =>
  shape.sandboxMarker !== null && api.path === undefined
