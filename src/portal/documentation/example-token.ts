import { type ApiVersion, type Platform, type Realm, standardSignInHabits, tokenTarget } from '#contract'
import { quoted } from './quoted.js'

/** What lets anyone call the sandbox of a platform at once, where a process gives it away. */
export type SandboxAccess =
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'client'
      readonly clientId: string
      readonly clientSecret: string
      readonly redirectUri?: string | undefined
    }

export interface TokenGround {
  readonly platform: Platform
  readonly addresses: { readonly authorization: string; readonly gateway: string }
  readonly access: SandboxAccess | null
}

/** How `TOKEN` is got: at once by a command, or by one that follows a person's sign-in at `signIn`. */
export interface TokenSteps {
  readonly signIn: string | null
  readonly command: string
}

/** Null: there is no way to a token but the platform's own, or none is needed. */
export function tokenSteps(apis: readonly ApiVersion[], ground: TokenGround): TokenSteps | null {
  const { platform, access } = ground
  if (apis[0]?.access.open === true) return null
  if (access?.kind === 'token') return { signIn: null, command: `TOKEN=${quoted(access.token)}` }
  const realm = platform.realms.find(({ name }) => name === apis[0]?.realm)
  const scopes = new Set(apis.flatMap((api) => [...api.scopes.sandbox, ...(api.dataScopes ?? [])]))
  const scope = [...scopes].join(' ')
  if (realm?.flows.includes('client_credentials') === true)
    return { signIn: null, command: ask(realm, ground, { grant_type: 'client_credentials', scope }) }
  // A person's own token is not what such a platform is called with.
  if (platform.tokens != null || realm?.flows.includes('authorization_code') !== true) return null
  const form = { grant_type: 'authorization_code', redirect_uri: redirectOf(ground) }
  return { signIn: signInAddress(realm, ground, scope), command: `read -r CODE\n${ask(realm, ground, form)}` }
}

const clientOf = ({ access }: TokenGround) => (access?.kind === 'client' ? access : null)
const redirectOf = (ground: TokenGround) => clientOf(ground)?.redirectUri ?? 'REDIRECT_URI'

function ask(realm: Realm, ground: TokenGround, asked: Readonly<Record<string, string>>): string {
  const client = clientOf(ground)
  const form = {
    client_id: client?.clientId ?? 'CLIENT_ID',
    client_secret: client?.clientSecret ?? 'CLIENT_SECRET',
    ...asked,
  }
  const data = Object.entries(form).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`)
  const parts = [
    quoted(ground.addresses.authorization + tokenTarget(ground.platform, realm)),
    ...data,
    ...(asked.grant_type === 'authorization_code' ? ['--data-urlencode "code=$CODE"'] : []),
  ]
  return `TOKEN=$(curl -s ${parts.join(' \\\n  ')} \\\n  | ${fieldOf('access_token')})`
}

/** The command that picks a text out of JSON. */
export const fieldOf = (field: string): string => `sed 's/.*"${field}" *: *"\\([^"]*\\)".*/\\1/'`

function signInAddress(realm: Realm, ground: TokenGround, scope: string): string {
  const { oauth } = ground.platform
  const habits = oauth?.signIn ?? standardSignInHabits
  const [own] = realm.signIn?.paths.authorize ?? []
  const [shared] = habits.sharedPaths.authorize
  const query = new URLSearchParams({
    ...(own === undefined && shared !== undefined ? { [oauth?.realmParameter ?? 'realm']: `/${realm.name}` } : {}),
    response_type: 'code',
    client_id: clientOf(ground)?.clientId ?? 'CLIENT_ID',
    redirect_uri: redirectOf(ground),
    scope,
    state: 'essai',
    ...(scope.split(' ').includes('openid') ? { nonce: 'essai' } : {}),
  })
  const path = own ?? shared ?? realm.issuerPath + habits.authorizePath
  return `${ground.addresses.authorization}${path}?${query.toString().replaceAll('+', '%20')}`
}
