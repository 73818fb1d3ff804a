import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { addressBlocks, type Log } from '#base'
import { type Dialect, type Refusal, refusal } from '#contract'
import type { Incoming } from '../incoming.js'
import { createLane, type Lane } from '../lane/lane.js'
import type { Reply } from '../reply.js'
import { createCallerAddress } from '../request/caller-address.js'
import type { RequestIds } from '../request/request-ids.js'
import { onClientError, onConnect } from './client-error.js'
import { createCrowd } from './crowd.js'
import { createFrontRefusals, type FrontRefusals } from './front-refusals.js'
import { type FrontSettings, type FrontTls, frontDefaults, tlsOptions } from './front-settings.js'
import { inspect } from './inspect.js'
import { isLocal } from './local-host.js'
import { type FrontWords, refuseAtFront, type Speaker } from './refuse-at-front.js'

export interface FrontOptions {
  /** Hands a sound request to its room. */
  readonly dispatch: (request: IncomingMessage, response: ServerResponse) => void
  /** Answers a plain call of the gateway's without node:http; false: it is not the gateway's. Absent: node:http carries everything. */
  readonly serve?: (request: Incoming, response: Reply) => boolean
  /** True when the room that will get this request writes `100 Continue` itself, after it has authenticated the caller. */
  readonly continuesItself: (request: IncomingMessage) => boolean
  /** `Host`, lower-cased, port included as sent. */
  readonly knowsHost: (host: string) => boolean
  /** Where to call, for who called elsewhere. Absent: nobody is told. */
  readonly addresses?: readonly string[]
  /** Paths that the machine itself may ask for under its own name (`localhost`), whatever the published hosts. Absent: none. */
  readonly localPaths?: ReadonlySet<string>
  /** In whose words the front refuses where no platform is known. */
  readonly dialect: Dialect
  readonly speakerAt?: (host: string, rawTarget: string) => Speaker | null
  readonly requestIds: RequestIds
  /** Where refusals are counted and logged; absent: its own. */
  readonly refusals?: FrontRefusals
  readonly log: Log
  /** Absent: plain HTTP. */
  readonly tls?: FrontTls
  readonly settings?: Partial<FrontSettings>
}

export interface Front {
  /** The hardened server, to listen with. */
  readonly server: Server
  /** What the server's own `closeAllConnections` does not know of. */
  readonly lane: Lane | null
  /** Takes no new connection, closes the idle ones, and the others as their answers end; resolves when none is left. */
  close(): Promise<void>
}

/** The one way in: what concerns every request whatever room it is for. It is strict, since all behind it relies on what it let through. */
export function createFront(options: FrontOptions): Front {
  const settings = { ...frontDefaults, ...options.settings }
  const latest = new WeakMap<Socket, ServerResponse>()
  const queued = new WeakMap<Socket, ServerResponse[]>()
  const words = {
    ...options,
    settings,
    refusals: options.refusals ?? createFrontRefusals({ log: options.log, now: () => performance.now() }),
    addressOf: createCallerAddress(settings.trustedProxies),
  }
  const refuse = (response: ServerResponse, refused: Refusal) => refuseAtFront(response, refused, words)
  const elsewhere = { addresses: options.addresses ?? [] }
  const admit = (request: IncomingMessage, response: ServerResponse): boolean => {
    const before = latest.get(request.socket)
    if (before !== undefined && !before.writableFinished) {
      const ahead = (queued.get(request.socket) ?? []).filter((each) => !each.writableFinished)
      // What a client sends ahead is work that it has not waited for: beyond some, its connection ends, as it may at any time (RFC 9112 section 9.3.2).
      if (ahead.length >= settings.pipelinedMax) {
        request.socket.destroy()
        return false
      }
      queued.set(request.socket, [...ahead, response])
    }
    latest.set(request.socket, response)
    const local = (host: string) => isLocalPath(request, options.localPaths) && isLocal(host, request)
    const found = inspect(request, (host) => options.knowsHost(host) || local(host))
    const refused = found?.code === 'request/host' ? refusal('request/host', elsewhere) : found
    if (refused !== null) refuse(response, refused)
    return refused === null
  }
  const server = newServer(settings, options.tls)
  server.on('request', (request, response) => {
    if (admit(request, response)) dispatch(words, request, response)
  })
  server.on('checkContinue', (request, response) => {
    if (!admit(request, response)) return
    if (!options.continuesItself(request)) response.writeContinue()
    dispatch(words, request, response)
  })
  server.on('checkExpectation', (request, response) => {
    if (admit(request, response)) refuse(response, refusal('request/expectation'))
  })
  const broken = { ...words, latest, queued }
  server.on('connect', onConnect(broken))
  server.on('clientError', onClientError(broken))
  const lane = options.serve === undefined ? null : layLane(server, { ...options, serve: options.serve }, settings)
  const crowd = createCrowd(settings.connectionsPerAddress, addressBlocks(settings.trustedProxies))
  server.prependListener('connection', crowd)
  return { server, lane, close: () => closeServer(server, lane) }
}

/** Node's own listener steps back: the lane sees each connection first. */
function layLane(
  server: Server,
  options: FrontOptions & Required<Pick<FrontOptions, 'serve'>>,
  settings: FrontSettings,
): Lane {
  const event = options.tls === undefined ? 'connection' : 'secureConnection'
  const own = server.listeners(event)
  server.removeAllListeners(event)
  const lane = createLane({
    ...settings,
    serve: (request, response) => admits(request, options.knowsHost) && options.serve(request, response),
    handOver: (socket) => {
      for (const listener of own) Reflect.apply(listener, server, [socket])
    },
    late: (socket) => {
      socket.on('error', () => {})
      server.emit('clientError', Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
    },
  })
  server.on(event, (socket: Socket) => lane.take(socket))
  return lane
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
  const server =
    tls === undefined
      ? createServer(bounds)
      : createTlsServer({ ...bounds, ...tlsOptions(tls), handshakeTimeout: settings.headersMilliseconds })
  server.maxConnections = settings.connectionsMax
  server.timeout = settings.silenceMilliseconds
  // Node drops headers beyond its own count without a word; `inspect` refuses them instead.
  server.maxHeadersCount = 0
  return server
}

const isLocalPath = ({ url = '' }: IncomingMessage, paths: ReadonlySet<string> | undefined): boolean =>
  paths?.has(url.split('?', 1)[0] ?? '') === true

/** As `inspect`, which looks again only at fields that have not come before on this connection. */
function admits(request: Incoming, knowsHost: (host: string) => boolean): boolean {
  const { memo } = request
  if (memo === undefined) return inspect(request, knowsHost) === null
  memo.host ??= soundHost(request)
  return memo.host !== null && knowsHost(memo.host)
}

/** The host of a request that is sound but for that; null when it is not. */
function soundHost(request: Incoming): string | null {
  let found: string | null = null
  const refused = inspect(request, (host) => {
    found = host
    return true
  })
  return refused === null ? found : null
}

/** A room that throws must not take the process with it. */
function dispatch(front: FrontOptions & FrontWords, request: IncomingMessage, response: ServerResponse): void {
  try {
    front.dispatch(request, response)
  } catch (error) {
    front.log.error('front/fault', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    if (response.headersSent) response.destroy()
    else refuseAtFront(response, refusal('gateway/fault'), front)
  }
}

function closeServer(server: Server, lane: Lane | null): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    lane?.quiet().then(lane.drop)
  })
}
