import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from '#access'
import type { Clock, Log } from '#base'
import type { Dialect, DialectName, Platform } from '#contract'
import type { RequestIds, Speaker, Verify } from '#gateway'
import type { Store, Vault } from '#storage'
import type { MakeKey } from './realm-keys.js'
import type { AccountVerbs } from './sign-in/account-verbs.js'
import type { NewAccount } from './sign-in/accounts.js'
import type { PersonaPlaces } from './sign-in/people.js'
import type { UpstreamSettings } from './sign-in/upstream.js'

export interface AuthorizationOptions {
  readonly store: Store
  readonly vault: Vault
  readonly access: Access
  readonly platforms: Iterable<Platform>
  readonly dialectOf: (name: DialectName) => Dialect
  /** Public origin of the authorization server, e.g. `https://connexion.example`: issuers are made of it and a realm's path, never of a Host header. */
  readonly authorizationUrl: string
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds of a clock that never jumps, for how many refusals leave a line in the log in a second; the process's own unless told otherwise. */
  readonly monotonic?: () => number
  /** Who calls, for the throttle and the log; the socket's address unless trusted proxies are known. */
  readonly addressOf?: (request: IncomingMessage) => string
  /** Names every answer, under which the log has what it refuses. */
  readonly requestIds?: RequestIds
  /** Failed authentications that a client and address may have in a minute before it waits. Default 30. */
  readonly failuresPerMinute?: number
  /** Verified tokens kept in memory. Default 100 000. */
  readonly tokensMax?: number
  /** Where personas may sign in: `everywhere` in `portique dev`; default: to applications of the sandbox alone. */
  readonly personaPlaces?: PersonaPlaces
  /** The OpenID Providers to which realms with `sign_in.upstream` send people, by `<platform>/<realm>`. */
  readonly upstreams?: ReadonlyMap<string, UpstreamSettings>
  /** CIDR blocks where applications may have their event addresses although they are not public; default: none. */
  readonly eventNetworks?: readonly string[]
  /** Told of each token that is given: by which platform, with which scopes. */
  readonly granted?: (platform: string, scope: string) => void
  /** Where signing keys come from; made here unless told otherwise. */
  readonly makeKey?: MakeKey
}

export interface Authorization {
  /** False at once when the address is none of this room; otherwise it answers. */
  handle(request: IncomingMessage, response: ServerResponse): false | Promise<void>
  /** In whose words the front refuses a request to this target (as on the request line); null: it is no endpoint for programs of this room. */
  speakerAt(rawTarget: string): Speaker | null
  /** The gateway's port. */
  readonly verify: Verify
  /** A new signing key beside the old one, which stays published for `overlapSeconds` (a day unless told otherwise). `realm`: `<platform>/<realm>`. Rejects with a Problem `authorization/…`. */
  rotateKeys(request: { readonly realm: string; readonly overlapSeconds?: number }): Promise<RotatedKeys>
  /** Takes a signing key that leaked away at once: what it signed verifies no more, and another signs. Rejects with a Problem `authorization/…`. */
  dropKey(request: { readonly realm: string; readonly kid: string }): Promise<{ readonly signingKid: string }>
  /** An account with a password, in a realm that keeps some. Rejects with a Problem `account/…` or `authorization/…`. */
  createAccount(account: NewAccount & { readonly realm: string }): Promise<{ readonly sub: string }>
  /** What an operator does to the accounts of a realm. Throws a Problem `authorization/…`. */
  accountsOf(realm: string): AccountVerbs
  close(): Promise<void>
}

/** Times are milliseconds since the epoch. */
export interface RotatedKeys {
  readonly kid: string
  /** The new key signs from then on; it is published at once. */
  readonly signsFrom: number
  readonly previousUntil: number
}
