import type { ApiVersion } from '../api.js'
import type { Environment } from '../environment.js'
import type { PathShape } from '../platform.js'

const literal = /^[A-Za-z0-9._~-]+$/
/** First segments of paths that belong to other parts of the house. */
const reserved = [
  'connexion',
  'compte',
  'control',
  'dev',
  'healthz',
  'readyz',
  'metrics',
  'assets',
  'fr',
  'en',
  '.',
  '..',
]

/** `/literal/…[/{sandbox:marker?}]{api}/marker{version}/{resource*}`, or why it is none. */
export function parsePathShape(source: string): PathShape | { readonly wrong: string } {
  const segments = source.split('/')
  if (segments[0] !== '' || segments.at(-1) !== '{resource*}')
    return wrong('it must begin with "/" and end with "/{resource*}"')
  const prefix = segments.slice(1, -3)
  const api = /^(?:\{sandbox:([a-z0-9-]+)\?\})?\{api\}$/.exec(segments.at(-3) ?? '')
  const version = /^([A-Za-z0-9._~-]*)\{version\}$/.exec(segments.at(-2) ?? '')
  if (api === null) return wrong('the third segment from the end must be "{api}" or "{sandbox:marker?}{api}"')
  if (version === null)
    return wrong('the segment before "{resource*}" must be "{version}", a literal before it at most')
  const first = prefix[0]
  if (first === undefined || !prefix.every((segment) => literal.test(segment))) {
    return wrong('at least one literal segment of letters, digits, ".", "_", "~" and "-" must come first')
  }
  if (reserved.includes(first)) return wrong(`"/${first}" belongs to another part of Portique`)
  return { source, prefix, sandboxMarker: api[1] ?? null, versionMarker: version[1] ?? '' }
}

const wrong = (reason: string) => ({ wrong: reason })

/** Path of a version of an API, to be printed: `/partenaire/testoffresdemploi/v2`, then the resource as given. */
export function formatPath(
  shape: PathShape,
  { code, version }: Pick<ApiVersion, 'code' | 'version'>,
  { environment, resource = '' }: { readonly environment: Environment; readonly resource?: string },
): string {
  const marker = environment === 'sandbox' ? (shape.sandboxMarker ?? '') : ''
  return `/${[...shape.prefix, `${marker}${code}`, `${shape.versionMarker}${version}`].join('/')}${resource}`
}
