import { type Refusal, refusal } from '#contract'
import { answerPreflight } from './answer/preflight.js'
import { has } from './answer/refusal-answer.js'
import { Exchange } from './exchange.js'
import { fault } from './fault.js'
import { finish } from './finish.js'
import { forward } from './forward.js'
import type { Incoming, IncomingBody } from './incoming.js'
import { locate } from './locate.js'
import type { Machinery } from './machinery.js'
import { refuse } from './refuse.js'
import type { Reply } from './reply.js'
import { readBody } from './request/body.js'
import { callerOf } from './request/forwarded.js'
import type { ReceivedHeaders } from './request/received-headers.js'
import { traceparentFor } from './request/traceparent.js'
import type { Address, Unreadable } from './route/address.js'
import { runSteps } from './steps/run-steps.js'

export interface Arrival {
  readonly request: Incoming
  readonly response: Reply
  /** Null: the request has none. */
  readonly body: IncomingBody | null
  readonly received: ReceivedHeaders
  /** Null: no platform answers there. */
  readonly address: Address | Unreadable | null
  /** The exchange is over and recorded. */
  readonly left: () => void
}

/** One exchange from its first byte to its record: locate, check, read the body, forward. Nothing is awaited where memory can tell. */
export function conduct(machinery: Machinery, arrival: Arrival) {
  const exchange = begin(machinery, arrival)
  try {
    const refused = machinery.stopping() ? refusal('gateway/stopping') : locate(exchange, arrival.address, machinery)
    if (refused !== null) return refuse(exchange, refused, machinery)
    if (isPreflight(exchange)) return answerPreflight(exchange, machinery)
    check(exchange, machinery)
  } catch (error) {
    fault(exchange, error, machinery)
  }
}

function begin(machinery: Machinery, { request, response, body, received, left }: Arrival): Exchange {
  const id = machinery.requestIds()
  const peer = machinery.peerOf(request.socket)
  const exchange = new Exchange({
    request,
    response,
    body,
    received,
    peer,
    caller: callerOf(peer, received, machinery.trusted),
    requestId: id.slice(0, 32),
    traceparent: traceparentFor(id, received.traceparent),
    startedAt: machinery.clock(),
    startedTick: machinery.watch.now(),
    dialect: machinery.dialectOf('standard'),
  })
  response.on('close', () => finish(exchange, machinery, left))
  return exchange
}

const isPreflight = ({ request, received }: Exchange): boolean =>
  request.method === 'OPTIONS' && received.origin !== null && has(request.rawHeaders, 'access-control-request-method')

function check(exchange: Exchange, machinery: Machinery) {
  const outcome = runSteps(exchange, machinery.steps)
  if (!(outcome instanceof Promise)) return proceed(exchange, outcome, machinery)
  outcome.then((refused) => proceed(exchange, refused, machinery)).catch((error) => fault(exchange, error, machinery))
}

function proceed(exchange: Exchange, refused: Refusal | null, machinery: Machinery) {
  if (exchange.closed) return
  if (refused !== null) return refuseAlone(exchange, refused, machinery)
  if (!exchange.bodyUnread) return forward(exchange, null, machinery)
  takeBody(exchange, machinery).catch((error) => fault(exchange, error, machinery))
}

/** A caller that is told what is wrong may ask again at once, on any node. */
function refuseAlone(exchange: Exchange, refused: Refusal, machinery: Machinery) {
  const told = exchange.flight === null ? undefined : machinery.steps.flights.end(exchange.flight)
  if (told === undefined) return refuse(exchange, refused, machinery)
  told.then(() => refuse(exchange, refused, machinery)).catch((error) => fault(exchange, error, machinery))
}

async function takeBody(exchange: Exchange, machinery: Machinery): Promise<void> {
  const { body, received, api } = exchange
  if (api === null || body === null) return
  const { requestBytesMax: bytesMax, requestBodyMilliseconds: milliseconds } = api.limits
  // The caller has proved its right: only now is it told to go on (RFC 9110 section 10.1.1).
  if (received.expectsContinue) body.goOn()
  const { loads, watch } = machinery
  const read = await readBody(body.stream, { bytesMax, milliseconds }, { holder: exchange, loads, watch })
  if ('code' in read) return refuse(exchange, read, machinery)
  exchange.bodyUnread = false
  exchange.requestBytes = read.length
  if (exchange.closed) return loads.release(exchange)
  forward(exchange, read, machinery)
}
