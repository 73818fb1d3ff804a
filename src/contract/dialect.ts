import type { Language } from '#base'
import type { ApiVersion } from './api.js'
import type { Answer, Credential, HeaderList, Refusal, RequestHead } from './exchange.js'
import type { JsonObject } from './json.js'
import type { QuotaDecision } from './quota.js'

export const dialectNames = ['standard', 'france-travail', 'api-particulier'] as const
export type DialectName = (typeof dialectNames)[number]

/** The checks of an exchange, in the platform's own order. */
export type StepName =
  | 'credential'
  | 'verify'
  | 'version'
  | 'lifecycle'
  | 'operation'
  | 'environment'
  | 'subscription'
  | 'scopes'
  | 'rights'
  | 'parameters'
  | 'body'
  | 'load'
  | 'in-flight'
  | 'quota'
  | 'expiry'

/** What an OAuth endpoint refuses with (RFC 6749 section 5.2), before the platform's habits are applied. */
export interface OAuthError {
  readonly error: string
  readonly description: string
  readonly status: number
  /** The scopes refused, for `invalid_scope`. */
  readonly scopes?: readonly string[]
  /** The grant type sent, for `unsupported_grant_type`. */
  readonly grantType?: string
  /** The redirect address is missing, or not the one for which the code was given. */
  readonly redirectUri?: boolean
  /** HTTP Basic was used (RFC 6749 section 5.2). */
  readonly basic?: boolean
}

/** A token answer (RFC 6749 section 5.1), before the platform's habits are applied. */
export interface TokenGranted {
  readonly accessToken: string
  readonly scope: string
  readonly expiresIn: number
  readonly idToken?: string
  readonly refreshToken?: string
  readonly nonce?: string
}

export interface RefusalContext {
  readonly requestId: string
  readonly language: Language
  readonly api: ApiVersion | null
  readonly quota: QuotaDecision | null
  /** Absolute address under which problem types resolve, e.g. `https://portail.example/problems/`. */
  readonly problemsUrl: string
}

/** An entry of a platform's nomenclature of errors. */
export interface ErrorCode {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
}

/** A platform's wire habits: the only place that knows how a platform looks on the wire. */
export interface Dialect {
  readonly name: DialectName
  readonly order: readonly StepName[]
  credential(head: RequestHead): Credential | Refusal
  /** A parameter of the address that may hold a token: whatever it holds, the upstream never sees it. */
  readonly tokenParameter?: string
  /** Absent: an address with a slash too many is another one. */
  readonly trailingSlash?: 'ignored'
  /** Whole, but for the headers of `limits`, which belong to every answer that was counted and are added by the gateway. */
  refuse(refusal: Refusal, context: RefusalContext): Answer
  /** Headers on every answer that was counted, admitted or not; `now` in milliseconds since the epoch. */
  limits(decision: QuotaDecision, now: number): HeaderList
  /** Its nomenclature: codes of its own, and what follows the number of a provider of this name; absent: it has none. */
  readonly errors?: {
    readonly platform: readonly ErrorCode[]
    readonly provider: (name: string) => readonly ErrorCode[]
  }
  /** Ways of carrying a token, as the security schemes of an OpenAPI document; absent: the bearer token. */
  readonly security?: JsonObject
  tokenErrors(error: OAuthError): Answer
  tokenGranted(granted: TokenGranted): Answer
}
