import { type Refusal, refusal, type UpstreamRequest, type UpstreamResponse } from '#contract'
import { dropLength } from './answer/answer-headers.js'
import { deliverBody } from './answer/deliver-body.js'
import { type CutAnswer, projecting } from './answer/project-answer.js'
import { type Ground, holdsReferences, rewriteReferences } from './answer/references.js'
import type { Exchange } from './exchange.js'
import { fault } from './fault.js'
import { recordEvidence } from './finish.js'
import type { Machinery } from './machinery.js'
import { owesEvidence } from './owes-evidence.js'
import { realmAnswer } from './realm-answer.js'
import { fixedOf, ownOf, refuse } from './refuse.js'
import type { Reply } from './reply.js'
import { upstreamRequest } from './request/upstream-request.js'
import type { UnderWay } from './upstream/http-upstream.js'
import { isVerbatim } from './verbatim.js'
import { bufferOf } from './wire/buffer-of.js'
import { type FieldBlock, fieldBlock, lengthBlock } from './wire/field-block.js'

/** Asks the upstream, real or simulated alike, and answers with what it says. */
export function forward(exchange: Exchange, body: Uint8Array | null, machinery: Machinery) {
  const upstream = exchange.api?.upstreams[exchange.environment ?? exchange.verified?.environment ?? 'production']
  if (upstream === 'gateway') return answerItself(exchange, machinery)
  const { operation, plan } = exchange
  const shaping = operation === null || isVerbatim(exchange) ? null : (plan?.shapingOf(operation) ?? null)
  const asked = upstreamRequest(exchange, body, shaping !== null)
  if (asked === null) return refuse(exchange, refusal('gateway/fault'), machinery)
  exchange.askedTick = machinery.watch.now()
  const whole = (outcome: UpstreamResponse | CutAnswer | Refusal) => settled(exchange, outcome, machinery)
  const settle = shaping === null ? whole : projecting({ shaping, exchange, settle: whole, machinery })
  if (upstream === 'realm') return settle(realmAnswer(exchange))
  if (asked.api.upstreams[asked.environment] === 'sandbox') exchange.underWay = askSandbox(asked, settle, machinery)
  else if (asked.api.adapter) exchange.underWay = machinery.adapted.ask(asked, settle, exchange)
  else exchange.underWay = machinery.http.ask(asked, settle)
}

function answerItself(exchange: Exchange, machinery: Machinery) {
  exchange.askedTick = machinery.watch.now()
  settled(exchange, machinery.own(exchange), machinery)
}

/** The simulation keeps to the common contract of upstreams; the real one has a leaner way into the same. */
function askSandbox(
  asked: UpstreamRequest,
  settle: (outcome: UpstreamResponse | Refusal) => void,
  { sandbox, log }: Machinery,
): UnderWay {
  const abort = new AbortController()
  sandbox.handle(asked, abort.signal).then(settle, (error) => {
    log.error('gateway/fault', { requestId: asked.requestId, error: String(error?.stack ?? error) })
    settle(refusal('gateway/fault'))
  })
  return { address: null, cancel: () => abort.abort() }
}

function settled(exchange: Exchange, outcome: UpstreamResponse | CutAnswer | Refusal, machinery: Machinery) {
  try {
    answer(exchange, outcome, machinery)?.catch((error) => fault(exchange, error, machinery))
  } catch (error) {
    fault(exchange, error, machinery)
  }
}

function answer(
  exchange: Exchange,
  outcome: UpstreamResponse | CutAnswer | Refusal,
  machinery: Machinery,
): void | Promise<void> {
  exchange.upstreamMilliseconds = machinery.watch.now() - exchange.askedTick
  // A caller that left says nothing of the provider.
  if (exchange.api !== null && !exchange.closed && (exchange.api.pings ?? []).length > 0)
    machinery.pulse.note(exchange.api, exchange.environment ?? 'production', outcome, machinery.clock())
  if ('code' in outcome) return refuseUpstream(exchange, outcome, machinery)
  if (exchange.closed) return drop(outcome.body)
  exchange.status = outcome.status
  if (!owesEvidence(exchange)) return leaving(exchange, machinery, () => send(exchange, outcome, machinery))
  // What no contract cuts down leaves as a whole.
  exchange.fields ??= outcome.body === null || outcome.status >= 400 || isBodiless(exchange, outcome) ? [] : ['*']
  return recordEvidence(exchange, machinery).then((kept) => {
    if (exchange.closed) return drop(outcome.body)
    if (kept) return leaving(exchange, machinery, () => send(exchange, outcome, machinery))
    drop(outcome.body)
    return leaving(exchange, machinery, () => refuse(exchange, notKept, machinery))
  })
}

const notKept = refusal('gateway/busy', { retryAfterSeconds: 1 })

/** The call is under way until its answer leaves, and no longer: a caller that has it may ask again at once, on any node. */
function leaving(exchange: Exchange, { steps }: Machinery, send: () => void): void | Promise<void> {
  const told = exchange.flight === null ? undefined : steps.flights.end(exchange.flight)
  return told === undefined ? send() : told.then(send)
}

/** That a provider knows nobody of that name tells of a person too: the evidence comes first, as for an answer. */
function refuseUpstream(exchange: Exchange, refused: Refusal, machinery: Machinery): void | Promise<void> {
  if (refused.status >= 500 || exchange.closed || !owesEvidence(exchange))
    return leaving(exchange, machinery, () => refuse(exchange, refused, machinery))
  exchange.status = refused.status
  exchange.refusal = refused
  return recordEvidence(exchange, machinery).then((kept) =>
    leaving(exchange, machinery, () => refuse(exchange, kept ? refused : notKept, machinery)),
  )
}

type Body = (UpstreamResponse | CutAnswer)['body']

/** Nobody is there to read it. */
function drop(body: Body): void {
  if (body !== null && typeof body !== 'string' && 'cancel' in body) body.cancel()
}

function send(
  exchange: Exchange,
  { status, headers: received, body }: UpstreamResponse | CutAnswer,
  machinery: Machinery,
) {
  const { response } = exchange
  const bodiless = isBodiless(exchange, { status })
  const streams = body !== null && typeof body !== 'string' && 'flow' in body
  const length = bodiless || streams ? null : (body?.length ?? 0)
  const fieldsOf = exchange.api?.access.personalData === true ? machinery.personalFields : machinery.passedFields
  const passed = passedOf(exchange, { status, length }, fieldsOf(received))
  const own = ownOf(exchange, passed.fields)
  if (machinery.stopping()) own.push('Connection', 'close')
  const blocks = [passed, fixedOf(exchange), fieldBlock(own)]
  if (length !== null && passed.length === null) blocks.push(lengthBlock(length))
  writeHead(response, status, blocks)
  if (body !== null && streams && !bodiless) return deliverBody(body, response, exchange)
  if (body === null || bodiless) {
    drop(body)
    response.end()
    return
  }
  if (!streams) {
    exchange.responseBytes = body.length
    endWith(response, body)
  }
}

/** Whatever the upstream gave, no body leaves (RFC 9110 section 6.4.1). */
const isBodiless = ({ request }: Exchange, { status }: { readonly status: number }): boolean =>
  request.method === 'HEAD' || status === 204 || status === 304

interface Leaving {
  readonly status: number
  /** Bytes of a body that is here as a whole; null: nobody knows, or none leaves. */
  readonly length: number | null
}

/** What passes of the provider's fields on this call: shared with others unless it speaks of the caller's address, or of a length that is not the body's. */
function passedOf(exchange: Exchange, { status, length }: Leaving, shared: FieldBlock): FieldBlock {
  // A 204 has no length (RFC 9110 section 8.6), and what follows a body that is longer than it says is read as another answer.
  const lengthless = shared.length !== null && (status === 204 || (length !== null && shared.length !== length))
  if (!lengthless && !holdsReferences(shared.fields)) return shared
  const fields = [...shared.fields]
  rewriteReferences(fields, () => groundOf(exchange))
  if (lengthless) dropLength(fields)
  return fieldBlock(fields)
}

function writeHead(response: Reply, status: number, blocks: readonly FieldBlock[]) {
  if (response.writeBlocks === undefined)
    response.writeHead(
      status,
      blocks.flatMap(({ fields }) => fields),
    )
  else response.writeBlocks(status, blocks)
}

function groundOf({ request, route, received, underWay, api }: Exchange): Ground {
  return {
    raw: request.url ?? '/',
    depth: route?.depth ?? 0,
    host: received.host,
    address: underWay?.address ?? null,
    upstreamUrls: Object.values(api?.upstreams ?? {}).flatMap((choice) =>
      typeof choice === 'string' ? [] : choice.map(({ url }) => url),
    ),
  }
}

/** A small body goes out in one write with its head: Node joins strings to it, but sends a buffer on its own. */
function endWith(response: Reply, body: Uint8Array | string) {
  if (typeof body === 'string') response.end(body, 'latin1')
  else if (body.length > joinedBytesMax) response.end(body)
  else response.end(bufferOf(body).toString('latin1'), 'latin1')
}

const joinedBytesMax = 16_384
