import { isUtf8 } from 'node:buffer'
import {
  type BodyStream,
  type Json,
  type OperationProjection,
  type Projector,
  type Refusal,
  refusal,
  type UpstreamRequest,
  type UpstreamResponse,
} from '#contract'
import type { Exchange } from '../exchange.js'
import type { Machinery } from '../machinery.js'
import { lowerName } from '../wire/lower-name.js'
import { headersWithin, headerValue } from './projected-headers.js'
import { takeAnswerBody } from './take-answer-body.js'

type Settle = (outcome: UpstreamResponse | Refusal) => void

/** Stands before `settle`: what it is given has been cut down to what the caller's scopes open, or is a refusal. */
export function projecting(
  projection: OperationProjection,
  exchange: Exchange,
  settle: Settle,
  machinery: Machinery,
): Settle {
  return (outcome) => {
    if ('code' in outcome) return settle(outcome)
    const { status, headers, body } = outcome
    const bodiless = exchange.request.method === 'HEAD' || status === 204 || status === 304
    const left = () => headersWithin(headers, projection.headers(status))
    if (bodiless || (body === null && status >= 300)) return settle({ status, headers: left(), body })
    const found = projection.answer(status, headerValue(headers, 'content-type'))
    if (found === 'opaque') return settle(outcome)
    if (body === null && found !== 'empty') return broken('no body')
    if (body !== null && typeof found === 'function' && isWhole(outcome)) return shape(found, outcome, body)
    if (body !== null && 'cancel' in body) body.cancel()
    if (found === 'empty') return settle({ status, headers: withoutType(left()), body: null })
    broken(
      typeof found === 'function' ? 'a part, or an encoding that was not asked for' : `an undeclared answer ${status}`,
    )
  }

  function shape(project: Projector, { status, headers }: UpstreamResponse, body: Uint8Array | BodyStream): void {
    const announced = Number(headerValue(headers, 'content-length') ?? 0)
    takeAnswerBody(body, { exchange, loads: machinery.loads, announced }, (whole) => {
      if ('code' in whole) return settle(whole)
      const scopes = exchange.verified?.scopes ?? none
      // Evidence names the fields that were let out, which takes a look at the values.
      const evidence = exchange.api?.access.personalData === true
      const left = headersWithin(headers, projection.headers(status))
      const cut = evidence || !isUtf8(whole.bytes) ? null : project.cut(whole.bytes, scopes)
      if (cut !== null) return settle({ status, headers: left, body: cut })
      const seen = projected(project, whole.bytes, scopes)
      if ('misfit' in seen) return broken(seen.misfit)
      if (evidence) exchange.fields = status < 400 ? project.fields(seen.body) : []
      settle({ status, headers: left, body: seen.bytes })
    })
  }

  /** The operator reads what was wrong, never a value of it. */
  function broken(reason: string): void {
    const { requestId, api, operation } = exchange
    machinery.log.warn('gateway/answer-against-contract', { requestId, api: api?.id, operation: operation?.id, reason })
    settle(refusal('upstream/broken'))
  }
}

/** Asks for the whole answer in plain bytes: parts, encodings and validators of what is going to be cut are of no use. */
export function asWhole(request: UpstreamRequest): UpstreamRequest {
  const headers = ['Accept-Encoding', 'identity']
  for (let index = 0; index + 1 < request.headers.length; index += 2) {
    const name = request.headers[index] ?? ''
    if (!wishes.has(lowerName(name))) headers.push(name, request.headers[index + 1] ?? '')
  }
  return { ...request, headers }
}

const none: ReadonlySet<string> = new Set()

const withoutType = (headers: readonly string[]) =>
  headers.filter((_, index) => lowerName(headers[index - (index % 2)] ?? '') !== 'content-type')

const wishes = new Set([
  'accept-encoding',
  'range',
  'if-range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'want-content-digest',
  'want-repr-digest',
])

function isWhole({ status, headers }: UpstreamResponse): boolean {
  const encoding = headerValue(headers, 'content-encoding')
  return status !== 206 && (encoding === null || /^(?:identity)?$/i.test(encoding))
}

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
