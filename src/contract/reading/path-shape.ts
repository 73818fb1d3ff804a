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

export const isLiteral = (segment: string): boolean => literal.test(segment) && segment !== '.' && segment !== '..'

/** Why no path may begin with this segment; null: it may. */
export const ownerOf = (first: string): string | null =>
  reserved.includes(first) ? `"/${first}" belongs to another part of Portique` : null

/** `/literal/…[/{sandbox:marker?}]{api}/marker{version}/{resource*}`, or with the version before the API; or why it is none. */
export function parsePathShape(source: string): PathShape | { readonly wrong: string } {
  const segments = source.split('/')
  if (segments[0] !== '' || segments.at(-1) !== '{resource*}')
    return wrong('it must begin with "/" and end with "/{resource*}"')
  const prefix = segments.slice(1, -3)
  const versionFirst = segments.at(-2)?.endsWith('{api}') === true
  const [named = '', numbered = ''] = segments.slice(-3, -1)
  const api = /^(?:\{sandbox:([a-z0-9-]+)\?\})?\{api\}$/.exec(versionFirst ? numbered : named)
  const version = /^([A-Za-z0-9._~-]*)\{version\}$/.exec(versionFirst ? named : numbered)
  if (api === null || version === null)
    return wrong(
      'two segments must stand before "{resource*}": "{api}" or "{sandbox:marker?}{api}", and "{version}" with a literal before it at most',
    )
  const first = prefix[0]
  if (first === undefined || !prefix.every((segment) => literal.test(segment))) {
    return wrong('at least one literal segment of letters, digits, ".", "_", "~" and "-" must come first')
  }
  const owner = ownerOf(first)
  if (owner !== null) return wrong(owner)
  const shape = { source, prefix, sandboxMarker: api[1] ?? null, versionMarker: version[1] ?? '' }
  return versionFirst ? { ...shape, versionFirst } : shape
}

const wrong = (reason: string) => ({ wrong: reason })
