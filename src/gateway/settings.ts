import type { ApiVersion } from '#contract'
import type { BreakerSettings } from './upstream/breaker.js'
import type { ConnectionTls } from './upstream/connection.js'

/** Bounds and habits of the gateway; sizes in bytes, times in milliseconds. */
export interface GatewaySettings {
  /** Absolute address under which problem types resolve. */
  readonly problemsUrl: string
  /** Addresses or CIDR blocks whose `X-Forwarded-*` are believed. */
  readonly trustedProxies: readonly string[]
  /** Request bodies that the process holds at once. */
  readonly bodyBudgetBytes: number
  /** Of these, what one application may hold. */
  readonly bodyBytesPerApplication: number
  /** Calls of one application that are under way at once. */
  readonly callsPerApplication: number
  /** Refused calls of one application that leave evidence, where its API is for personal data. */
  readonly refusalsKeptPerMinute: number
  readonly connectionsPerOrigin: number
  readonly queuePerOrigin: number
  readonly upstreamIdleMilliseconds: number
  readonly upstreamTls: ConnectionTls
  readonly breaker: BreakerSettings
  /** How long `close` waits for calls under way. */
  readonly drainMilliseconds: number
  /** How long the rest of a refused body is read, so that the client can read the refusal. */
  readonly lingerMilliseconds: number
  /** Page on the end of a deprecated version's life, for `Link` (RFC 9745 section 3, RFC 8594 section 6). */
  readonly lifecycleUrl: (api: ApiVersion) => string | null
}

export const defaultSettings: GatewaySettings = {
  problemsUrl: 'about:blank#',
  trustedProxies: [],
  bodyBudgetBytes: 64 * 1024 * 1024,
  bodyBytesPerApplication: 16 * 1024 * 1024,
  callsPerApplication: 512,
  refusalsKeptPerMinute: 100,
  connectionsPerOrigin: 256,
  queuePerOrigin: 1_024,
  upstreamIdleMilliseconds: 4_000,
  upstreamTls: {},
  breaker: { failuresInARow: 5, restMilliseconds: 1_000, restMillisecondsMax: 30_000 },
  drainMilliseconds: 30_000,
  lingerMilliseconds: 1_000,
  lifecycleUrl: () => null,
}
