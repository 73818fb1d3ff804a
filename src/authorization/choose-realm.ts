import type { SignInEndpoint } from '#contract'
import { invalidClient, invalidRequest } from './oauth-refusal.js'
import type { MountedRealm } from './realm.js'

/** What a request says of the realm it means. */
export interface RealmAsked {
  readonly query: URLSearchParams
  /** The Host header, in lower case. */
  readonly host: string
  readonly cookie: string
  /** Of a posted form; empty otherwise. */
  readonly form: ReadonlyMap<string, string>
}

/** Endpoints of both kinds of realm; the others only mean something where people sign in. */
const everywhere: ReadonlySet<string> = new Set(['token', 'jwks', 'discovery'])

/**
 * Which realm a shared address means: `/partenaire`, `partenaire` and aliases in the query; else the only one of the host; else, where a
 * person signs out or looks at their consents, the one whose ID token or cookie comes along. Throws OAuthRefusal when nothing tells.
 */
export function chooseRealm(realms: readonly MountedRealm[], parameter: string) {
  return (asked: RealmAsked, endpoint: SignInEndpoint | 'token'): MountedRealm => {
    const served = realms.filter(({ visits }) => visits !== null || everywhere.has(endpoint))
    const ofHost = served.filter(({ realm }) => realm.hosts?.includes(asked.host))
    const candidates = ofHost.length > 0 ? ofHost : served
    const given = asked.query.getAll(parameter)
    const found =
      given.length > 0 ? named(candidates, given) : (only(ofHost) ?? leaning(candidates, { asked, endpoint }))
    if (found === undefined) throw endpoint === 'token' ? invalidClient() : invalidRequest(`unknown ${parameter}`)
    return found
  }
}

function named(realms: readonly MountedRealm[], given: readonly string[]): MountedRealm | undefined {
  const name = given.length === 1 ? given[0]?.replace(/^\//, '') : undefined
  return realms.find(({ realm }) => realm.name === name || (name !== undefined && realm.aliases.includes(name)))
}

const only = ([first, ...others]: readonly MountedRealm[]) => (others.length === 0 ? first : undefined)

function leaning(
  realms: readonly MountedRealm[],
  { asked, endpoint }: { readonly asked: RealmAsked; readonly endpoint: SignInEndpoint | 'token' },
): MountedRealm | undefined {
  if (endpoint !== 'end_session' && endpoint !== 'consents') return undefined
  const hint = asked.query.get('id_token_hint') ?? asked.form.get('id_token_hint')
  if (hint != null) return realms.find(({ realm }) => issuerIn(hint).endsWith(realm.issuerPath))
  return realms.find(({ sessionCookie }) => asked.cookie.includes(`${sessionCookie}=`)) ?? realms[0]
}

/** Only to know whom to ask: the realm itself verifies the token. */
function issuerIn(jwt: string): string {
  try {
    const { iss } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as {
      readonly iss?: unknown
    }
    return String(iss)
  } catch {
    return ''
  }
}
