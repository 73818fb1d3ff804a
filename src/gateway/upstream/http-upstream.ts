import type { Log } from '#base'
import {
  type Refusal,
  refusal,
  type Upstream,
  type UpstreamChoice,
  type UpstreamRequest,
  type UpstreamResponse,
} from '#contract'
import { type Balancer, createBalancer } from './balancer.js'
import { type Breaker, type BreakerSettings, createBreaker } from './breaker.js'
import { Call, type CallOwner, refusals } from './call.js'
import { createAddresses, type UpstreamAddress } from './origin.js'
import { Pool, type PoolSettings } from './pool.js'
import { type Identify, requestHead } from './request-head.js'
import type { Watch } from './watch.js'

export interface HttpUpstreamOptions {
  readonly watch: Watch
  readonly log: Log
  /** The signed word on the caller for this origin. */
  readonly identify: Identify
  readonly pool: PoolSettings
  readonly breaker: BreakerSettings
}

export interface HttpUpstream extends Upstream {
  /** As `handle`, without the price of an `AbortSignal` and a promise per call. */
  ask(request: UpstreamRequest, settle: (outcome: UpstreamResponse | Refusal) => void): UnderWay
  /** Drops every connection; calls under way fail. */
  close(): void
}

/** A call that may be called off: its connection is dropped. */
export interface UnderWay {
  /** Who was asked; null: nobody yet, or the sandbox. */
  readonly address: UpstreamAddress | null
  cancel(): void
}

/** Everything known of one origin. */
interface Site {
  readonly pool: Pool
  readonly breaker: Breaker
}

/**
 * Calls over pooled HTTP/1.1 connections. Tries another address only where nothing was sent (RFC 9110 section 9.2.2 would allow more);
 * an address that fails again and again rests.
 */
export function createHttpUpstream(options: HttpUpstreamOptions): HttpUpstream {
  const { watch, log } = options
  const sites = new Map<string, Site>()
  const addresses = createAddresses()
  const headOf = (call: Call) => requestHead(call, options.identify)
  const siteOf = (address: UpstreamAddress): Site => {
    const known = sites.get(address.origin)
    if (known !== undefined) return known
    const pool = new Pool(address, options.pool, { now: watch.now, headOf })
    const site = { pool, breaker: createBreaker(options.breaker) }
    sites.set(address.origin, site)
    return site
  }
  const owner: CallOwner = {
    now: watch.now,
    settled: (call) => watch.delete(call),
    notSent(call, fault) {
      log.warn('upstream/not-sent', { api: call.request.api.id, origin: call.address?.origin, fault })
      if (!start(call)) call.refuse(refusals[fault])
    },
  }
  const start = startWith({ balancer: createBalancer(), addresses, siteOf, now: watch.now })
  const ask = (request: UpstreamRequest, settle: (outcome: UpstreamResponse | Refusal) => void): Call => {
    const call = new Call(request, settle, owner)
    watch.add(call)
    if (!start(call))
      call.refuse(resting(request.api.upstreams[request.environment], { addresses, siteOf }, watch.now()))
    return call
  }
  const sweeper = setInterval(() => {
    for (const site of sites.values()) site.pool.sweep()
  }, sweepMilliseconds)
  sweeper.unref()
  return {
    ask,
    handle: (request, signal) =>
      new Promise((resolve) => {
        const call = ask(request, resolve)
        if (signal.aborted) call.cancel()
        else signal.addEventListener('abort', () => call.cancel())
      }),
    close() {
      clearInterval(sweeper)
      for (const site of sites.values()) site.pool.close()
    },
  }
}

const sweepMilliseconds = 1_000

interface Sites {
  readonly addresses: (url: string) => UpstreamAddress
  readonly siteOf: (address: UpstreamAddress) => Site
}

/** Puts a call on its way to an address it has not tried; false when there is none. */
function startWith({ balancer, addresses, siteOf, now }: Sites & { balancer: Balancer; now: () => number }) {
  return (call: Call): boolean => {
    const targets = call.request.api.upstreams[call.request.environment]
    if (typeof targets === 'string') return false
    const at = now()
    const isFit = (url: string) =>
      !call.tried.includes(addresses(url)) && siteOf(addresses(url)).breaker.restsFor(at) === 0
    const url = balancer(targets, isFit)
    if (url === null) return false
    const address = addresses(url)
    const site = siteOf(address)
    if (!site.breaker.admits(at)) return false
    call.tried.push(address)
    call.address = address
    call.breaker = site.breaker
    site.pool.carry(call)
    return true
  }
}

function resting(targets: UpstreamChoice, { addresses, siteOf }: Sites, now: number) {
  if (typeof targets === 'string') return refusals.unreachable
  const waits = targets.map(({ url }) => siteOf(addresses(url)).breaker.restsFor(now))
  return refusal('upstream/resting', { retryAfterSeconds: Math.max(1, Math.ceil(Math.min(...waits) / 1000)) })
}
