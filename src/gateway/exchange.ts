import type {
  ApiVersion,
  ApplicationAccess,
  Credential,
  Dialect,
  Environment,
  Operation,
  QuotaDecision,
  Refusal,
  Subscription,
  Verified,
} from '#contract'
import type { Incoming, IncomingBody } from './incoming.js'
import type { Flight } from './load/flights.js'
import type { Load } from './load/loads.js'
import type { Reply } from './reply.js'
import type { Caller, Peer } from './request/peer.js'
import type { ReceivedHeaders } from './request/received-headers.js'
import type { ApiPlan } from './route/api-plan.js'
import type { Route } from './route/route.js'
import type { ParsedTarget } from './route/target.js'
import type { UnderWay } from './upstream/http-upstream.js'

/**
 * One call, from request to answer: what the steps have found so far. One object of one shape for the whole call, since the hot path
 * must not allocate; every field is written once, by the step named after it.
 */
export class Exchange {
  readonly request: Incoming
  readonly response: Reply
  /** Null: the request has none. */
  readonly body: IncomingBody | null
  readonly received: ReceivedHeaders
  readonly peer: Peer
  readonly caller: Caller
  readonly requestId: string
  readonly traceparent: string
  /** By the clock that is handed in. */
  readonly startedAt: number
  /** By the clock that never jumps. */
  readonly startedTick: number

  dialect: Dialect
  target: ParsedTarget | null = null
  route: Route | null = null
  api: ApiVersion | null = null
  plan: ApiPlan | null = null
  environment: Environment | null = null
  operation: Operation | null = null
  credential: Credential | null = null
  verified: Verified | null = null
  /** The token was good once: what to say of its end, when the platform comes to that. */
  ended: Refusal | null = null
  application: ApplicationAccess | null = null
  subscription: Subscription | null = null
  quota: QuotaDecision | null = null
  /** Why the call is refused unless a case of the sandbox is written for it as it stands (`CaseHabits.verbatim`). */
  unlessWritten: Refusal | null = null
  /** Names of the fields that leave. */
  fields: readonly string[] | null = null
  /** Headers that the browser's rules ask for, on refusals too. */
  corsHeaders: readonly string[] = noHeaders

  /** The request has a body that nobody has read. */
  bodyUnread = false
  /** What keeps the same call from being made twice at once, where the platform asks for that. */
  flight: Flight | null = null
  /** What its application keeps busy, once it has a place there. */
  load: Load | null = null
  /** Bytes of bodies that this call holds. */
  reservedBytes = 0
  requestBytes = 0
  responseBytes = 0
  askedTick = 0
  upstreamMilliseconds: number | null = null
  underWay: UnderWay | null = null
  status = 0
  refusal: Refusal | null = null
  /** The answer broke off, by our hand or the upstream's. */
  broken = false
  /** Told twice, for evidence and for usage; worked out once. */
  personal: PersonalFacts | null = null
  /** Its evidence was handed over. */
  traced = false
  closed = false

  constructor(start: ExchangeStart) {
    this.request = start.request
    this.response = start.response
    this.body = start.body
    this.received = start.received
    this.peer = start.peer
    this.caller = start.caller
    this.requestId = start.requestId
    this.traceparent = start.traceparent
    this.startedAt = start.startedAt
    this.startedTick = start.startedTick
    this.dialect = start.dialect
    this.bodyUnread = start.body !== null
  }
}

/** Whom a call is about, as a keyed hash, and for which body. */
export interface PersonalFacts {
  readonly person: string | null
  readonly recipient: string | null
}

export interface ExchangeStart {
  readonly request: Incoming
  readonly response: Reply
  readonly body: IncomingBody | null
  readonly received: ReceivedHeaders
  readonly peer: Peer
  readonly caller: Caller
  readonly requestId: string
  readonly traceparent: string
  readonly startedAt: number
  readonly startedTick: number
  /** How to refuse before the platform is known. */
  readonly dialect: Dialect
}

const noHeaders: readonly string[] = []
