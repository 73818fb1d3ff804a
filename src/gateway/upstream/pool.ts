import { type Refusal, refusal } from '#contract'
import type { Call } from './call.js'
import { Connection, type ConnectionOwner, type ConnectionTls } from './connection.js'
import type { UpstreamAddress } from './origin.js'

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
  readonly #address: UpstreamAddress
  readonly #settings: PoolSettings
  readonly #needs: PoolNeeds
  readonly #idle: Connection[] = []
  readonly #all = new Set<Connection>()
  readonly #queue = new Set<Call>()

  constructor(address: UpstreamAddress, settings: PoolSettings, needs: PoolNeeds) {
    this.#address = address
    this.#settings = settings
    this.#needs = needs
  }

  /** Gives the call a connection, now or when one is free. */
  carry(call: Call) {
    const idle = this.#takeIdle()
    if (idle !== null) return idle.carry(call)
    if (this.#all.size < this.#settings.connectionsMax) return this.#open(call)
    if (this.#queue.size >= this.#settings.queueMax) return call.refuse(busy)
    this.#queue.add(call)
    call.enter(call.request.api.limits.connectMilliseconds)
    call.leaveQueue = () => void this.#queue.delete(call)
  }

  free(connection: Connection, keepAliveMilliseconds: number | null) {
    const next = this.#nextQueued()
    if (next !== null) return connection.carry(next)
    const promised =
      keepAliveMilliseconds === null ? Number.POSITIVE_INFINITY : keepAliveMilliseconds - marginMilliseconds
    connection.idleUntil = this.#needs.now() + Math.min(this.#settings.idleMilliseconds, promised)
    this.#idle.push(connection)
  }

  gone(connection: Connection): void {
    this.#all.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    const next = this.#nextQueued()
    if (next !== null) this.#open(next)
  }

  headOf(call: Call): string {
    return this.#needs.headOf(call)
  }

  /** Drops connections that have waited too long for a call. */
  sweep(): void {
    const now = this.#needs.now()
    for (const connection of this.#idle.filter((one) => one.idleUntil <= now)) connection.discard()
  }

  close(): void {
    for (const connection of [...this.#all]) connection.discard()
  }

  #open(call: Call): void {
    const connection = new Connection(this.#address, this, this.#settings.tls)
    this.#all.add(connection)
    connection.carry(call)
  }

  #takeIdle(): Connection | null {
    const now = this.#needs.now()
    for (let found = this.#idle.pop(); found !== undefined; found = this.#idle.pop()) {
      if (found.usable && found.idleUntil > now) return found
      found.discard()
    }
    return null
  }

  #nextQueued(): Call | null {
    for (const call of this.#queue) {
      this.#queue.delete(call)
      call.leaveQueue = null
      return call
    }
    return null
  }
}

const marginMilliseconds = 1_000
const busy: Refusal = refusal('gateway/busy', { retryAfterSeconds: 1 })
