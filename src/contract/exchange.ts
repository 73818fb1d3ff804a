import type { ApiVersion, Operation } from './api.js'
import type { Environment } from './environment.js'
import type { JsonObject } from './json.js'
import type { QuotaDecision, QuotaRule } from './quota.js'
import type { Subscription } from './subscription.js'

/** Names and values in turn, as `node:http` keeps raw headers: `['Content-Type', 'text/plain', …]`. */
export type HeaderList = readonly string[]

export interface Credential {
  readonly kind: 'bearer' | 'api-key' | 'query'
  readonly value: string
}

/** Who calls, and what they may; lives in the token cache. Times are milliseconds since the epoch. */
export interface Verified {
  readonly tokenId: string
  readonly grantId?: string
  readonly applicationId: string
  readonly platform: string
  readonly realm?: string
  readonly environment: Environment
  readonly subject?: string
  /** What the sign-in told of the person in whose name the token was issued: OpenID Connect claims. */
  readonly person?: JsonObject
  readonly scopes: ReadonlySet<string>
  readonly habilitationId?: string
  readonly expiresAt: number
  /** Given to whoever asked: its application is nobody in particular. */
  readonly visitor?: true
  /** Names the token in evidence and opens nothing; absent: only a mark made of `tokenId` may be kept. */
  readonly tokenName?: string
  /** SIRET of the body for which the token asks. */
  readonly recipient?: string
  /** What its habilitation allows beside scopes, e.g. `sphere-educative`. */
  readonly rights?: ReadonlySet<string>
  /** Addresses and CIDR blocks that may use it; absent: any. */
  readonly networks?: readonly string[]
  /** Limits of its own, over all APIs together. */
  readonly quotas?: readonly QuotaRule[]
  /** Subscriptions that it brings itself, for APIs to which its application has none; the same object each time. */
  readonly ownSubscription?: (api: ApiVersion, environment: Environment) => Subscription | undefined
}

/**
 * Why a call goes no further: turned into bytes by the dialect only. Codes: `refusals.ts`.
 * Dialects read of `detail`: `allow` (text for the header), `scope` (words), `retryAfterSeconds` (number), `reason` of an invalid token
 * (expired, revoked, unknown), `environment` that was called, `version` that does not exist, `gone` (what a platform says of an address of the past),
 * `parameter`, `header`, `bytesMax` (what a body may hold), `errorCode`, `provider` (it spoke, and any wait is its own and not that of a quota; `{ code, name }` where it is not that of the contract).
 */
export interface Refusal {
  readonly code: string
  readonly status: number
  readonly detail?: Readonly<Record<string, unknown>>
  /** Of `token/invalid`: whose token it was, and what it could do before its end; a platform may count the call all the same. */
  readonly ended?: Verified
}

/** Bytes for the client. */
export interface Answer {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | null
}

export interface RequestHead {
  readonly method: string
  /** As on the request line, byte for byte. */
  readonly target: string
  readonly httpVersion: string
  readonly headers: HeaderList
}

/** What an upstream is asked, HTTP or sandbox alike. */
export interface UpstreamRequest {
  readonly requestId: string
  readonly method: string
  /** What stands behind the API's version, with its query, byte for byte: `/offres/search?range=0-1`. */
  readonly target: string
  readonly headers: HeaderList
  readonly body: Uint8Array | null
  readonly api: ApiVersion
  readonly environment: Environment
  readonly operation: Operation
  /** When the call must be over, on the gateway's clock that never jumps; absent: the API's total time from now. */
  readonly deadline?: number
  /** The sandbox answers with this unless a case is written for the call as it stands; absent: the call keeps to its contract. */
  readonly unlessWritten?: Refusal
  /** Decoded values of the path's parameters. */
  readonly pathParameters: Readonly<Record<string, string>>
  readonly verified: Verified
}

export interface UpstreamResponse {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | BodyStream | null
}

/** A body that is still arriving. Nothing flows before `flow`; exactly one of `end` and `fail` closes it. */
export interface BodyStream {
  flow(sink: BodySink): void
  pause(): void
  resume(): void
  /** The client is gone or the deadline has passed: drop the rest and the connection. */
  cancel(): void
}

export interface BodySink {
  /** False: pause until `resume` is called. */
  chunk(bytes: Uint8Array): boolean
  end(): void
  fail(error: Error): void
}

export interface Upstream {
  /** A Refusal (`upstream/*`, `sandbox/*`) when no whole head arrived; never rejects for a fault of the network. */
  handle(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse | Refusal>
}

/** A call that is over: what the access log, usage and evidence are made from. No value of any person or secret in it. */
export interface FinishedExchange {
  readonly requestId: string
  /** The caller's own `X-Request-Id`, when it sent a well-formed one (at most 128 letters, digits and `.:_-`). */
  readonly clientRequestId?: string
  readonly startedAt: number
  readonly durationMilliseconds: number
  /** Milliseconds spent at the upstream; null when none was asked. */
  readonly upstreamMilliseconds: number | null
  readonly method: string
  readonly api: ApiVersion | null
  readonly operation: Operation | null
  readonly environment: Environment | null
  readonly applicationId: string | null
  readonly tokenId: string | null
  readonly tokenName: string | null
  readonly habilitationId: string | null
  /** Keyed hash of the person whom the call is about. */
  readonly person: string | null
  /** SIRET of the body for which the data are. */
  readonly recipient: string | null
  /** Names of the fields that left; null: none did. */
  readonly fields: readonly string[] | null
  /** Of the answer; of one that broke off on its provider's side, that of the refusal `upstream/broken`. */
  readonly status: number
  /** The refusal's code; null when the upstream or the sandbox answered, to the end. */
  readonly refusal: string | null
  readonly quota: QuotaDecision | null
  readonly requestBytes: number
  readonly responseBytes: number
  /** False when the client left or the answer broke off. */
  readonly complete: boolean
}
