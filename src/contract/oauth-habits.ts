import { type SignInHabits, standardSignInHabits } from './sign-in-habits.js'

/** Ways a client proves who it is at the token endpoint (RFC 6749 section 2.3.1). */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post'

/** How a platform's OAuth endpoints and identifiers look: data, so that no code knows a platform by name. */
export interface OAuthHabits {
  /** Path of the token endpoint under each realm's issuer, e.g. `/token`. */
  readonly tokenPath: string
  /** Token addresses that all realms share; `realmParameter` of their query names the realm. */
  readonly sharedTokenPaths: readonly string[]
  readonly realmParameter: string
  readonly clientAuthentication: readonly ClientAuthentication[]
  /** Scopes that are accepted and dropped; `{client_id}` stands for the caller's own. */
  readonly ignoredScopes: readonly string[]
  /** A request without scope gets every scope subscribed to, or is refused (RFC 6749 section 3.3). */
  readonly missingScope: 'all' | 'refused'
  /** Form of client identifiers: `{id}` is 22 random characters, `{hex}` 64 random hexadecimal digits, `{name}` the application's name without its signs. */
  readonly clientId: string
  /** Alphabet of client secrets, 256 random bits either way. */
  readonly secret: 'base64url' | 'hex'
  /** Absent: `standardSignInHabits`. */
  readonly signIn?: SignInHabits
}

/** RFC 6749 and RFC 9700 as they stand. */
export const standardOAuthHabits: OAuthHabits = Object.freeze({
  tokenPath: '/token',
  sharedTokenPaths: [],
  realmParameter: 'realm',
  clientAuthentication: ['client_secret_basic', 'client_secret_post'],
  ignoredScopes: [],
  missingScope: 'all',
  clientId: 'cli_{id}',
  secret: 'base64url',
  signIn: standardSignInHabits,
} as const)
