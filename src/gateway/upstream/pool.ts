import { type Refusal, refusal } from '#contract'
import type { Call } from './call.js'
import { Connection, type ConnectionOwner, type ConnectionTls } from './connection.js'
import { KnownHeads } from './known-heads.js'
import type { UpstreamAddress } from './origin.js'
import { type Share, Shares } from './shares.js'

/** Bounds of one upstream's connections; times in milliseconds. */
export interface PoolSettings {
  readonly connectionsMax: number
  /** Calls that may wait for a connection; beyond it they are refused at once. */
  readonly queueMax: number
  /** Below what the usual servers allow (Node's own: 5 s), so that a connection is seldom closed under a request. */
  readonly idleMilliseconds: number
  readonly tls: ConnectionTls
}

export interface PoolNeeds {
  readonly now: () => number
  readonly headOf: (call: Call) => string
}

/** The connections to one origin: the latest used is used first, so that surplus ones grow old and go. */
export class Pool implements ConnectionOwner {
  readonly heads = new KnownHeads()
  readonly #address: UpstreamAddress
  readonly #settings: PoolSettings
  readonly #needs: PoolNeeds
  readonly #idle: Connection[] = []
  readonly #all = new Set<Connection>()
  readonly #shares: Shares

  constructor(address: UpstreamAddress, settings: PoolSettings, needs: PoolNeeds) {
    this.#address = address
    this.#settings = settings
    this.#needs = needs
    this.#shares = new Shares(settings)
  }

  /** Gives the call a connection, now or when one is free. */
  carry(call: Call) {
    const share = this.#shares.of(call.request.verified.applicationId)
    if (this.#shares.mayStart(share)) return this.#start(call, share)
    if (!this.#shares.mayWait(share)) return call.refuse(busy)
    this.#shares.wait(share, call)
    call.enter(call.request.api.limits.connectMilliseconds)
  }

  free(connection: Connection, keepAliveMilliseconds: number | null) {
    this.#endShare(connection)
    const next = this.#shares.next()
    if (next !== null) return this.#put(connection, next.call, next.share)
    const promised =
      keepAliveMilliseconds === null ? Number.POSITIVE_INFINITY : keepAliveMilliseconds - marginMilliseconds
    connection.idleUntil = this.#needs.now() + Math.min(this.#settings.idleMilliseconds, promised)
    this.#idle.push(connection)
  }

  gone(connection: Connection): void {
    this.#all.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#endShare(connection)
    const next = this.#shares.next()
    if (next !== null) this.#start(next.call, next.share)
  }

  headOf(call: Call): string {
    return this.#needs.headOf(call)
  }

  /** Drops connections that have waited too long for a call. */
  sweep(): void {
    const now = this.#needs.now()
    for (const connection of this.#idle.filter((one) => one.idleUntil <= now)) connection.discard()
    this.#shares.sweep()
  }

  close(): void {
    for (const connection of [...this.#all]) connection.discard()
  }

  #start(call: Call, share: Share): void {
    this.#put((call.wantsFresh ? null : this.#takeIdle()) ?? this.#open(), call, share)
  }

  #put(connection: Connection, call: Call, share: Share): void {
    this.#shares.start(share)
    connection.share = share
    connection.carry(call)
  }

  #endShare(connection: Connection): void {
    if (connection.share !== null) this.#shares.end(connection.share)
    connection.share = null
  }

  #open(): Connection {
    const connection = new Connection(this.#address, this, this.#settings.tls)
    this.#all.add(connection)
    return connection
  }

  #takeIdle(): Connection | null {
    const now = this.#needs.now()
    for (let found = this.#idle.pop(); found !== undefined; found = this.#idle.pop()) {
      if (found.usable && found.idleUntil > now) return found
      found.discard()
    }
    return null
  }
}

const marginMilliseconds = 1_000
const busy: Refusal = refusal('gateway/busy', { retryAfterSeconds: 1 })
