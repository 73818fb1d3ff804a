import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access, LiveCredential } from '#access'
import type { Clock, Log } from '#base'
import type { Dialect, OAuthHabits, Platform, Realm } from '#contract'
import type { Store, Vault } from '#storage'
import type { LastUse } from './consents/last-use.js'
import type { LibraryFault } from './library-fault.js'
import type { MakeKey } from './realm-keys.js'
import type { Refusals } from './refusals.js'
import type { AccountVerbs } from './sign-in/account-verbs.js'
import type { Accounts } from './sign-in/accounts.js'
import type { PersonaPlaces } from './sign-in/people.js'
import type { UpstreamSettings } from './sign-in/upstream.js'
import type { Visits } from './sign-in/visits.js'

export interface RealmOptions {
  readonly platform: Platform
  readonly realm: Realm
  readonly dialect: Dialect
  readonly access: Access
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  readonly authorizationUrl: string
  readonly personaPlaces: PersonaPlaces
  readonly lastUse: LastUse
  readonly refusals: Refusals
  readonly makeKey?: MakeKey
  readonly granted?: (platform: string, scope: string) => void
  /** CIDR blocks where applications may have their event addresses although they are not public. */
  readonly eventNetworks?: readonly string[]
  /** By `<platform>/<realm>`. */
  readonly upstreams?: ReadonlyMap<string, UpstreamSettings>
}

/** What is known of a request before the library has it, and what happened to it there. */
export interface Exchange {
  readonly clientId: string
  readonly basic: boolean
  readonly grantType: string | undefined
  readonly scopes: readonly string[]
  /** What the client is told to wait should it fail to prove itself: too many have failed before; 0 for not at all. */
  readonly waitSeconds: () => number
  /** A token with parts that is asked about, which only a long-lived one has: the library would refuse it, and gets another text instead. */
  readonly structuredToken?: string
  credential?: LiveCredential
  fault?: LibraryFault
}

/** A realm on the air: a value built by this one function from data. */
export interface MountedRealm {
  readonly platform: Platform
  readonly realm: Realm
  readonly habits: OAuthHabits
  readonly dialect: Dialect
  /** `<platform>/<realm>` */
  readonly name: string
  /** What browsers ask of it beside the library; null: nobody signs in here. */
  readonly visits: Visits | null
  /** Null: the realm keeps no passwords. */
  readonly accounts: Accounts | null
  /** Null: nobody signs in here. */
  readonly accountVerbs: AccountVerbs | null
  /** Name of the cookie of a browser's session. */
  readonly sessionCookie: string
  /** Lets the library answer; `exchange` is null for what any stranger may read. */
  answer(request: IncomingMessage, response: ServerResponse, exchange: Exchange | null): Promise<void>
  /** Its keys may have changed: they are read again before the next answer. */
  refresh(): void
  /** Resolves once nothing is being made any more. */
  close(): Promise<void>
}
