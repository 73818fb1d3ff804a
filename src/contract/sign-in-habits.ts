import type { Text } from '#base'

/** Addresses of a realm where people sign in, beside its token endpoint. */
export const signInEndpoints = ['authorize', 'jwks', 'discovery', 'userinfo', 'end_session', 'consents'] as const
export type SignInEndpoint = (typeof signInEndpoints)[number]

/** How a platform's authorization code flow looks: data, so that no code knows a platform by name. */
export interface SignInHabits {
  /** Path of the authorization endpoint under each realm's issuer. */
  readonly authorizePath: string
  /** Addresses that all realms share; `realmParameter` of their query or their host names the realm. */
  readonly sharedPaths: Readonly<Record<SignInEndpoint, readonly string[]>>
  /** What stands in a successful redirect beside `code`, `state` and `iss`. */
  readonly answerExtras: readonly ('scope' | 'client_id')[]
  /** Who leaves the sign-in page goes back with `error=access_denied`, or with nothing but `state`. */
  readonly cancelled: 'error' | 'state'
  /** Who must use PKCE (RFC 7636): every application, or public ones alone. */
  readonly pkce: 'always' | 'public'
  /** Who must send `state`: nobody, since PKCE keeps the flow whole (RFC 9700 section 2.1), or public applications. */
  readonly state: 'optional' | 'public'
  /** Other names of `post_logout_redirect_uri`. */
  readonly logoutParameters: readonly string[]
  readonly redirectStatus: 302 | 303
}

/** RFC 6749, OpenID Connect and RFC 9700 as they stand. */
export const standardSignInHabits: SignInHabits = Object.freeze({
  authorizePath: '/authorize',
  sharedPaths: { authorize: [], jwks: [], discovery: [], userinfo: [], end_session: [], consents: [] },
  answerExtras: [],
  cancelled: 'error',
  pkce: 'always',
  state: 'optional',
  logoutParameters: [],
  redirectStatus: 303,
} as const)

/** An OpenID Provider to which a realm sends people to sign in; its client's identifier and secret are the deployer's settings. */
export interface UpstreamSignIn {
  readonly scope: string
  readonly acrValues: string | null
  /** Our claims by name, each with the name it has there. */
  readonly claims: Readonly<Record<string, string>>
}

/** What a realm declares for people; times in seconds. */
export interface RealmSignIn {
  /** Who signs in here, for them to read; null: the platform's own title. */
  readonly title: Text | null
  /** Addresses of this realm alone, beside those under its issuer. */
  readonly paths: Readonly<Partial<Record<SignInEndpoint, readonly string[]>>>
  /** How long a browser stays signed in after the sign-in. */
  readonly sessionSeconds: number
  /** Claims by scope: of the ID token and of userinfo. */
  readonly claims: Readonly<Record<string, readonly string[]>>
  /** Other names under which the subject is told, claims of the scopes above as any. */
  readonly subjectClaims: readonly string[]
  /** People are asked before an application sees their data; false where their employer decides for them. */
  readonly consent: boolean
  /** The realm keeps accounts with passwords of its own. */
  readonly accounts: boolean
  readonly upstream: UpstreamSignIn | null
}

/** OpenID Connect Core section 5.4, what an administration needs of it. */
export const standardClaims: Readonly<Record<string, readonly string[]>> = Object.freeze({
  openid: ['sub'],
  profile: ['name', 'family_name', 'given_name', 'gender', 'birthdate', 'updated_at'],
  email: ['email', 'email_verified'],
})

export const standardRealmSignIn: RealmSignIn = Object.freeze({
  title: null,
  paths: {},
  sessionSeconds: 28_800,
  claims: standardClaims,
  subjectClaims: [],
  consent: true,
  accounts: false,
  upstream: null,
})
