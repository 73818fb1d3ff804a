import type { ServerResponse } from 'node:http'
import type { ApiVersion, Dialect, Refusal } from '#contract'
import { guardingHeaders } from '../answer/guarding-headers.js'
import { languageOf } from '../answer/language.js'
import { refusalHeaders } from '../answer/refusal-answer.js'
import type { RequestIds } from '../request/request-ids.js'

/** A platform, and the version of its API that is called: what a refusal is worded by. */
export interface Speaker {
  readonly dialect: Dialect
  /** Null: nobody knows. */
  readonly api: ApiVersion | null
}

export interface FrontWords {
  /** Where no platform is known. */
  readonly dialect: Dialect
  /** By host and target; null: nobody's in particular. */
  readonly speakerAt?: (host: string, rawTarget: string) => Speaker | null
  readonly requestIds: RequestIds
  readonly settings: { readonly problemsUrl: string }
}

/** Refuses and closes: what follows on such a connection is not to be trusted either. */
export function refuseAtFront(response: ServerResponse, refused: Refusal, words: FrontWords): void {
  const { headers: received, url = '', method } = response.req
  // What is said to whom it may concern names no platform: an unknown host has none.
  const speaker = refused.code === 'request/host' ? null : words.speakerAt?.(received.host ?? '', url)
  const language = received['accept-language'] ?? null
  const { status, headers, body } = frontAnswer(refused, { ...words, ...speaker }, language)
  response.writeHead(status, headers)
  response.end(method === 'HEAD' || body === null ? undefined : body)
}

/** The same answer for a request and for bytes that never became one. */
export function frontAnswer(refused: Refusal, words: FrontWords & Partial<Speaker>, acceptLanguage: string | null) {
  const requestId = words.requestIds().slice(0, 32)
  const answer = words.dialect.refuse(refused, {
    ...{ requestId, api: words.api ?? null, quota: null },
    language: languageOf(acceptLanguage),
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
