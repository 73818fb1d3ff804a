import { isUtf8 } from 'node:buffer'
import {
  type BodyStream,
  type HeaderList,
  type Json,
  type Projector,
  type Refusal,
  refusal,
  type UpstreamResponse,
} from '#contract'
import type { Exchange } from '../exchange.js'
import type { Machinery } from '../machinery.js'
import { owesEvidence } from '../owes-evidence.js'
import { lowerName } from '../wire/lower-name.js'
import type { AnswerHead, Shaping } from './shaping.js'
import { takeAnswerBody } from './take-answer-body.js'

/** An answer that was cut out of its provider's. */
export interface CutAnswer {
  readonly status: number
  readonly headers: HeaderList
  /** Each character a byte. */
  readonly body: string
}

type Settle = (outcome: UpstreamResponse | CutAnswer | Refusal) => void

interface Projecting {
  readonly shaping: Shaping
  readonly exchange: Exchange
  readonly settle: Settle
  readonly machinery: Machinery
}

/** Stands before `settle`: what it is given has been cut down to what the caller's scopes open, or is a refusal. */
export function projecting(projecting: Projecting) {
  return (outcome: UpstreamResponse | Refusal) => projectAnswer(projecting, outcome)
}

function projectAnswer(projecting: Projecting, outcome: UpstreamResponse | Refusal) {
  const { shaping, exchange, settle } = projecting
  if ('code' in outcome) return settle(outcome)
  const { status, headers, body } = outcome
  const head = shaping.headOf(status, headers)
  const { found, left } = head
  const bodiless = exchange.request.method === 'HEAD' || status === 204 || status === 304
  if (bodiless || (body === null && status >= 300)) return settle({ status, headers: left, body })
  if (found === 'opaque') return settle(outcome)
  if (body === null && found !== 'empty') return broken(projecting, 'no body')
  if (body !== null && typeof found === 'function' && head.whole)
    return shape(projecting, { status, body, head, project: found })
  if (body !== null && 'cancel' in body) body.cancel()
  if (found === 'empty') return settle({ status, headers: withoutType(left), body: null })
  const reason =
    typeof found === 'function' ? 'a part, or an encoding that was not asked for' : `an undeclared answer ${status}`
  broken(projecting, reason)
}

interface Shapely {
  readonly status: number
  readonly body: Uint8Array | BodyStream
  readonly head: AnswerHead
  readonly project: Projector
}

function shape(projecting: Projecting, { status, body, head, project }: Shapely) {
  const { exchange, settle, machinery } = projecting
  takeAnswerBody(body, { exchange, loads: machinery.loads, announced: head.announced }, (taken) => {
    if ('code' in taken) return settle(taken)
    const { bytes } = taken
    const scopes = exchange.verified?.scopes ?? none
    // Evidence names the fields that were let out.
    const names: string[] | null = owesEvidence(exchange) ? [] : null
    const cut = isUtf8(bytes) ? project.cut(bytes, scopes, names) : null
    if (cut !== null) {
      if (names !== null) exchange.fields = status < 400 ? names : []
      return settle({ status, headers: head.left, body: cut })
    }
    const seen = projected(project, bytes, scopes)
    if ('misfit' in seen) return broken(projecting, seen.misfit)
    if (names !== null) exchange.fields = status < 400 ? project.fields(seen.body) : []
    settle({ status, headers: head.left, body: seen.bytes })
  })
}

/** The operator reads what was wrong, never a value of it. */
function broken({ exchange, settle, machinery }: Projecting, reason: string) {
  const { requestId, api, operation } = exchange
  machinery.log.warn('gateway/answer-against-contract', { requestId, api: api?.id, operation: operation?.id, reason })
  settle(refusal('upstream/broken'))
}

const none: ReadonlySet<string> = new Set()

const withoutType = (headers: readonly string[]) =>
  headers.filter((_, index) => lowerName(headers[index - (index % 2)] ?? '') !== 'content-type')

function projected(
  project: Projector,
  bytes: Buffer,
  scopes: ReadonlySet<string>,
): { readonly body: Json; readonly bytes: Buffer } | { readonly misfit: string } {
  if (!isUtf8(bytes)) return { misfit: 'a body that is not UTF-8' }
  try {
    const body: Json = JSON.parse(bytes.toString('utf8'))
    const seen = project(body, scopes)
    return 'misfit' in seen ? seen : { body: seen.body, bytes: Buffer.from(JSON.stringify(seen.body)) }
  } catch (error) {
    // The parser's own words quote the body.
    return {
      misfit:
        error instanceof SyntaxError ? 'a body that is no JSON' : `a body that cannot be walked (${String(error)})`,
    }
  }
}
