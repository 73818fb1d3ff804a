import type { Text } from '#base'
import type { ApiVersion } from './api.js'
import type { DialectName } from './dialect.js'
import type { Environment } from './environment.js'
import type { OAuthHabits } from './oauth-habits.js'
import type { Persona } from './persona.js'
import type { RealmSignIn } from './sign-in-habits.js'
import type { TokenHabits } from './token-habits.js'
import type { TourStop } from './tour.js'

export type OAuthFlow = 'client_credentials' | 'authorization_code' | 'refresh_token'

/** A realm (royaume) as its platform declares it; times in seconds. */
export interface Realm {
  readonly name: string
  /** Other names by which callers mean this realm, e.g. `entreprise` for `employeur`. */
  readonly aliases: readonly string[]
  readonly flows: readonly OAuthFlow[]
  readonly accessTokenSeconds: number
  /** What `expires_in` says; the true lifetime unless told otherwise. */
  readonly expiresInShown: number
  readonly codeSeconds: number
  readonly idTokenSeconds: number
  readonly refreshTokenSeconds: number
  /** Path at which the realm's provider is mounted, its issuer's path. */
  readonly issuerPath: string
  /** Host names of the authorization server that serve this realm; absent or none: any of the platform's. */
  readonly hosts?: readonly string[]
  /** Absent: `standardRealmSignIn`. */
  readonly signIn?: RealmSignIn
}

export interface EnvironmentHosts {
  readonly authorization: readonly string[]
  readonly api: readonly string[]
}

/** The path shape, compiled: `/partenaire/{sandbox:test?}{api}/v{version}/{resource*}`. */
export interface PathShape {
  readonly source: string
  /** Literal segments before the API's code. */
  readonly prefix: readonly string[]
  /** Prefix of the API's code that means the sandbox; null: the address or the credential decides. */
  readonly sandboxMarker: string | null
  /** Literal before the version in its segment, e.g. `v`. */
  readonly versionMarker: string
  /** The version comes before the API's code: `/api/v{version}/{api}/{resource*}`. */
  readonly versionFirst?: boolean
}

/** An address that was an API's and is none any more: it answers 410, whoever asks. */
export interface GoneAddress {
  readonly path: string
  readonly segments: readonly string[]
  readonly text: Text
}

/** How the sandbox looks for a case. */
export interface CaseHabits {
  /** `agree`: each of its parameters agrees with the call; `exact`: the call has these parameters and no other, whatever their case, and `404.yaml` answers the rest. */
  readonly match: 'agree' | 'exact'
  /** Parameters that do not count for `exact`. */
  readonly ignored: readonly string[]
  /**
   * In the sandbox environment, and where the simulation answers, a case leaves as it is written: no scope shapes it, and its parameters,
   * the ignored aside, need not keep to the contract. Absent: false.
   */
  readonly verbatim?: boolean
}

export interface Platform {
  readonly id: string
  readonly title: Text
  readonly dialect: DialectName
  readonly hosts: Readonly<Record<Environment, EnvironmentHosts>>
  readonly realms: readonly Realm[]
  /** For APIs that declare no path of their own. */
  readonly path: PathShape
  /** Absent: none. */
  readonly gone?: readonly GoneAddress[]
  /** How a technical scope is spelled in the sandbox: its `from` prefix becomes `to`; null: the same everywhere. */
  readonly sandboxScope: { readonly from: string; readonly to: string } | null
  /** What `portique dev` prints to try the platform with; absent: nothing. */
  readonly tour?: readonly TourStop[]
  /** Absent: `standardOAuthHabits`. */
  readonly oauth?: OAuthHabits
  /** Calls are held against their contracts before anyone answers, each parameter given once at most; absent: not by the gateway. */
  readonly checksParameters?: boolean
  /** Absent: `agree`. */
  readonly cases?: CaseHabits
  /** Long-lived tokens; absent or null: it gives none. */
  readonly tokens?: TokenHabits | null
  /** What becomes of a call while an identical one of the same token is under way; absent: `allow`. */
  readonly inFlight?: 'allow' | 'refuse_identical'
  readonly apis: readonly ApiVersion[]
  readonly personas: readonly Persona[]
  readonly folder: string
}
