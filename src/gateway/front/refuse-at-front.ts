import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiVersion, Dialect, Refusal } from '#contract'
import { guardingHeaders } from '../answer/guarding-headers.js'
import { languageOf } from '../answer/language.js'
import { refusalHeaders } from '../answer/refusal-answer.js'
import type { RequestIds } from '../request/request-ids.js'
import type { FrontRefusals } from './front-refusals.js'

/** Who puts a refusal into words, and the version of the API that is called. */
export interface Speaker {
  readonly refuse: Dialect['refuse']
  /** Null: nobody knows. */
  readonly api: ApiVersion | null
}

export interface FrontWords {
  /** Where nobody else speaks. */
  readonly dialect: Dialect
  /** By host and target; null: nobody's in particular. */
  readonly speakerAt?: (host: string, rawTarget: string) => Speaker | null
  readonly requestIds: RequestIds
  readonly refusals: FrontRefusals
  /** Who calls, as far as trusted proxies tell. */
  readonly addressOf: (request: Pick<IncomingMessage, 'socket' | 'headers'>) => string
  readonly settings: { readonly problemsUrl: string }
}

/** Refuses and closes: what follows on such a connection is not to be trusted either. */
export function refuseAtFront(response: ServerResponse, refused: Refusal, words: FrontWords): void {
  const { headers: received, url = '', method, socket } = response.req
  // What is said to whom it may concern names no platform: an unknown host has none.
  const speaker = refused.code === 'request/host' ? null : words.speakerAt?.(received.host ?? '', url)
  const { status, headers, body } = frontAnswer(refused, words, { speaker, socket, headers: received })
  response.writeHead(status, headers)
  response.end(method === 'HEAD' || body === null ? undefined : body)
}

interface Asked extends Pick<IncomingMessage, 'socket' | 'headers'> {
  readonly speaker?: Speaker | null | undefined
}

/** The same answer for a request and for bytes that never became one: the log has it from here, so whoever asks for it sends it. */
export function frontAnswer(refused: Refusal, words: FrontWords, { speaker, ...asked }: Asked) {
  const requestId = words.requestIds().slice(0, 32)
  words.refusals.note({ requestId, code: refused.code, address: words.addressOf(asked) })
  const { refuse } = speaker ?? words.dialect
  const answer = refuse(refused, {
    ...{ requestId, api: speaker?.api ?? null, quota: null },
    language: languageOf(asked.headers['accept-language'] ?? null),
    problemsUrl: words.settings.problemsUrl,
  })
  const headers = [
    ...refusalHeaders(refused, answer),
    ...guardingHeaders,
    'X-Request-Id',
    requestId,
    'Connection',
    'close',
  ]
  return { status: answer.status, headers, body: answer.body }
}
