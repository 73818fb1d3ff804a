import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressBlocks, type Clock, type Log } from '#base'
import type { CatalogSnapshot, Dialect, DialectName, Upstream } from '#contract'
import { createAdaptedUpstream } from './adapter/adapted-upstream.js'
import { createPassedFields } from './answer/passed-fields.js'
import { conduct } from './conduct.js'
import type { Speaker } from './front/refuse-at-front.js'
import { createIdentities } from './identity/identities.js'
import type { Incoming, IncomingBody } from './incoming.js'
import { createFlights } from './load/flights.js'
import { createLoads } from './load/loads.js'
import { createRefusalsKept } from './load/refusals-kept.js'
import type { Machinery } from './machinery.js'
import { createOwnAnswers } from './own/own-answers.js'
import { createPulse } from './own/pulse.js'
import type { HashPerson, KeepEvidence, MarkFlight, Record, SignIdentity, Snapshot, Spend, Verify } from './ports.js'
import type { Reply } from './reply.js'
import { createHeaderVerdicts } from './request/header-verdicts.js'
import { createPeers } from './request/peer.js'
import { type ReceivedHeaders, readHeaders } from './request/received-headers.js'
import { createRequestIds, type RequestIds } from './request/request-ids.js'
import { addressOf, pathOf } from './route/address.js'
import { apiPlans } from './route/api-plan.js'
import { buildRoutes, type Routes } from './route/routes.js'
import { warmChecks } from './route/warm-checks.js'
import { defaultSettings, type GatewaySettings } from './settings.js'
import { createCharges } from './steps/charges.js'
import { createHttpUpstream } from './upstream/http-upstream.js'
import { createWatch } from './upstream/watch.js'

export interface GatewayOptions {
  readonly snapshot: Snapshot
  readonly verify: Verify
  readonly spend: Spend
  readonly record: Record
  readonly keepEvidence: KeepEvidence
  readonly hashPerson: HashPerson
  /** Absent: identical calls are told apart on this node alone. */
  readonly markFlight?: MarkFlight
  readonly dialectOf: (name: DialectName) => Dialect
  readonly sandbox: Upstream
  readonly signIdentity: SignIdentity
  /** Origin under which providers know this gateway: the `iss` of what it signs. */
  readonly issuer: string
  /** Secrets by which adapters prove the platform to providers; absent: none are given. */
  readonly secretOf?: (platform: string, name: string) => string | null
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds of a clock that never jumps, for deadlines and durations; the system's unless a test moves it. */
  readonly monotonic?: () => number
  readonly requestIds?: RequestIds
  readonly settings?: Partial<GatewaySettings>
}

export interface Gateway {
  /**
   * Answers, never throws, always records. An address that is none of this room is left alone (false), unless `lone`:
   * nobody else answers on this host, so it is refused as an unknown API.
   */
  handle(request: IncomingMessage, response: ServerResponse, lone?: 'lone'): boolean
  /** The same for a call that has no body, whatever carries it. */
  serve(request: Incoming, response: Reply): boolean
  /** True when this path (as on the request line, without query) on this host is the gateway's to answer, be it well formed or not. */
  matches(host: string, rawPath: string): boolean
  /** In whose words a request is refused that never comes to the gateway, of a host that is known; null: none of its own. */
  speakerAt(host: string, rawTarget: string): Speaker | null
  /** True for a host that a platform declares for its APIs. */
  knowsHost(host: string): boolean
  /** Compiles what contracts say of parameters, where platforms have it checked, and adapters, in short slices: called after the start and whenever APIs change, so that no first call waits. */
  warm(): Promise<void>
  /** Number of calls under way. */
  running(): number
  /** Refuses new calls, waits for those under way (at most `drainMilliseconds`), then drops the upstream connections. */
  close(): Promise<void>
}

export function createGateway(options: GatewayOptions): Gateway {
  let stopping = false
  let drained: (() => void) | null = null
  let running = 0
  const left = () => {
    running -= 1
    if (running === 0) drained?.()
  }
  const { machinery, shutDown } = assemble(options, () => stopping)
  const begin = (sides: Sides, lone: boolean): boolean => {
    const address = addressOf(machinery.routes(), sides.received.host, sides.request.url ?? '')
    if (address === null && !lone) return false
    running += 1
    conduct(machinery, { ...sides, address, left })
    return true
  }
  const read = (request: Incoming) => readHeaders(request.rawHeaders, machinery.headerVerdict)
  return {
    handle(request, response, lone) {
      const received = read(request)
      return begin({ request, response, received, body: bodyOf(received, request, response) }, lone !== undefined)
    },
    serve(request, response) {
      const received = request.memo?.received ?? read(request)
      if (request.memo !== undefined) request.memo.received = received
      return begin({ request, response, received, body: null }, false)
    },
    matches: (host, rawPath) => machinery.routes().near(host.toLowerCase(), rawPath) !== null,
    speakerAt(host, rawTarget) {
      const near = machinery.routes().near(host.toLowerCase(), pathOf(rawTarget))
      return near === null ? null : { refuse: options.dialectOf(near.platform.dialect).refuse, api: near.api }
    },
    knowsHost: (host) => machinery.routes().knowsHost(host.toLowerCase()),
    async warm() {
      const snapshot = options.snapshot()
      await warmChecks(snapshot, machinery.planOf)
      for (const api of snapshot.apis) await machinery.adapted.warm(api)
    },
    running: () => running,
    async close() {
      stopping = true
      const empty = new Promise<void>((resolve) => {
        drained = resolve
      })
      if (running > 0) await bounded(empty, machinery.settings.drainMilliseconds)
      shutDown()
    },
  }
}

function assemble(options: GatewayOptions, stopping: () => boolean): { machinery: Machinery; shutDown: () => void } {
  const settings = { ...defaultSettings, ...options.settings }
  const { clock, log, snapshot, verify, spend, record, keepEvidence, hashPerson, dialectOf, sandbox } = options
  const watch = createWatch(options.monotonic ?? (() => performance.now()))
  const loads = createLoads({
    callsPerApplication: settings.callsPerApplication,
    bytesPerApplication: settings.bodyBytesPerApplication,
    bytesMax: settings.bodyBudgetBytes,
  })
  const trusted = addressBlocks(settings.trustedProxies)
  const http = createHttpUpstream({
    watch,
    log,
    identify: createIdentities({ issuer: options.issuer, sign: options.signIdentity, clock }),
    breaker: settings.breaker,
    pool: {
      connectionsMax: settings.connectionsPerOrigin,
      queueMax: settings.queuePerOrigin,
      idleMilliseconds: settings.upstreamIdleMilliseconds,
      tls: settings.upstreamTls,
    },
  })
  const pulse = createPulse()
  const adapted = createAdaptedUpstream({ http, loads, clock, watch, log, secretOf: options.secretOf ?? (() => null) })
  const machinery: Machinery = {
    adapted,
    pulse,
    own: createOwnAnswers({ apis: () => snapshot().apis, pulse, clock }),
    ...{ settings, clock, log, watch, record, keepEvidence, hashPerson, dialectOf, sandbox, http, trusted, stopping },
    steps: {
      snapshot,
      verify,
      spend,
      clock,
      monotonic: watch.now,
      flights: createFlights(options.markFlight),
      loads,
      charges: createCharges(),
    },
    routes: routesOf(snapshot),
    planOf: apiPlans(settings.lifecycleUrl),
    requestIds: options.requestIds ?? createRequestIds(),
    headerVerdict: createHeaderVerdicts(),
    passedFields: createPassedFields(),
    personalFields: createPassedFields(['Cache-Control', 'no-store']),
    peerOf: createPeers(trusted),
    loads,
    keepsRefusal: createRefusalsKept(settings.refusalsKeptPerMinute, watch.now),
  }
  const shutDown = () => {
    http.close()
    watch.stop()
  }
  return { machinery, shutDown }
}

/** What an exchange is given of its caller. */
interface Sides {
  readonly request: Incoming
  readonly response: Reply
  readonly received: ReceivedHeaders
  readonly body: IncomingBody | null
}

function bodyOf(received: ReceivedHeaders, stream: IncomingMessage, response: ServerResponse): IncomingBody | null {
  const announced = received.chunked || received.contentLength > 0
  return announced ? { stream, goOn: () => response.writeContinue() } : null
}

/** Built anew only when the snapshot is another one. */
function routesOf(snapshot: Snapshot): () => Routes {
  let seen: CatalogSnapshot | null = null
  let routes: Routes | null = null
  return () => {
    const current = snapshot()
    if (routes !== null && current === seen) return routes
    seen = current
    routes = buildRoutes(current)
    return routes
  }
}

async function bounded(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
