import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Log } from '#base'
import { type Dialect, type Refusal, refusal } from '#contract'
import { blockList } from '../request/peer.js'
import type { RequestIds } from '../request/request-ids.js'
import { onClientError, onConnect } from './client-error.js'
import { createCrowd } from './crowd.js'
import { type FrontSettings, type FrontTls, frontDefaults, tlsOptions } from './front-settings.js'
import { inspect } from './inspect.js'
import { refuseAtFront } from './refuse-at-front.js'

export interface FrontOptions {
  /** Hands a sound request to its room. */
  readonly dispatch: (request: IncomingMessage, response: ServerResponse) => void
  /** True when the room that will get this request writes `100 Continue` itself, after it has authenticated the caller. */
  readonly continuesItself: (request: IncomingMessage) => boolean
  /** `Host`, lower-cased, port included as sent. */
  readonly knowsHost: (host: string) => boolean
  /** In whose words the front refuses: no platform is known yet. */
  readonly dialect: Dialect
  readonly requestIds: RequestIds
  readonly log: Log
  /** Absent: plain HTTP. */
  readonly tls?: FrontTls
  readonly settings?: Partial<FrontSettings>
}

export interface Front {
  /** The hardened server, to listen with. */
  readonly server: Server
  /** Takes no new connection, closes the idle ones, and the others as their answers end; resolves when none is left. */
  close(): Promise<void>
}

/** The one way in: what concerns every request whatever room it is for. It is strict, since all behind it relies on what it let through. */
export function createFront(options: FrontOptions): Front {
  const settings = { ...frontDefaults, ...options.settings }
  const latest = new WeakMap<Socket, ServerResponse>()
  const queued = new WeakMap<Socket, ServerResponse[]>()
  const refuse = (response: ServerResponse, refused: Refusal) =>
    refuseAtFront(response, refused, { ...options, settings })
  const admit = (request: IncomingMessage, response: ServerResponse): boolean => {
    const before = latest.get(request.socket)
    if (before !== undefined && !before.writableFinished)
      queued.set(request.socket, [
        ...(queued.get(request.socket) ?? []).filter((each) => !each.writableFinished),
        response,
      ])
    latest.set(request.socket, response)
    const refused = inspect(request, options.knowsHost)
    if (refused !== null) refuse(response, refused)
    return refused === null
  }
  const server = newServer(settings, options.tls)
  server.on('request', (request, response) => {
    if (admit(request, response)) dispatch(options, request, response)
  })
  server.on('checkContinue', (request, response) => {
    if (!admit(request, response)) return
    if (!options.continuesItself(request)) response.writeContinue()
    dispatch(options, request, response)
  })
  server.on('checkExpectation', (request, response) => {
    if (admit(request, response)) refuse(response, refusal('request/expectation'))
  })
  const broken = { ...options, settings, latest, queued }
  server.on('connect', onConnect(broken))
  server.on('clientError', onClientError(broken))
  const crowd = createCrowd(settings.connectionsPerAddress, blockList(settings.trustedProxies))
  server.on('connection', crowd)
  return { server, close: () => closeServer(server) }
}

function newServer(settings: FrontSettings, tls: FrontTls | undefined): Server {
  const bounds = {
    maxHeaderSize: settings.headerBytesMax,
    headersTimeout: settings.headersMilliseconds,
    requestTimeout: settings.requestMilliseconds,
    // Node would set a timer anew twice a call; the bound on silence, `server.timeout`, ends idle connections as well.
    keepAliveTimeout: 0,
    connectionsCheckingInterval: 1_000,
    requireHostHeader: false,
    insecureHTTPParser: false,
    noDelay: true,
    // A request that announces no body has ended (RFC 9112 section 6.3): nobody is told a second time, at a tenth of a call's cost.
    optimizeEmptyRequests: true,
  }
  const server = tls === undefined ? createServer(bounds) : createTlsServer({ ...bounds, ...tlsOptions(tls) })
  server.maxConnections = settings.connectionsMax
  server.timeout = settings.silenceMilliseconds
  // Node drops headers beyond its own count without a word; `inspect` refuses them instead.
  server.maxHeadersCount = 0
  return server
}

/** A room that throws must not take the process with it. */
function dispatch(options: FrontOptions, request: IncomingMessage, response: ServerResponse): void {
  try {
    options.dispatch(request, response)
  } catch (error) {
    options.log.error('front/fault', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (response.headersSent) response.destroy()
    else
      refuseAtFront(response, refusal('gateway/fault'), {
        ...options,
        settings: { ...frontDefaults, ...options.settings },
      })
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}
