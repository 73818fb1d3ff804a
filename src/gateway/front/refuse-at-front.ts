import type { ServerResponse } from 'node:http'
import type { Dialect, Refusal } from '#contract'
import { guardingHeaders } from '../answer/guarding-headers.js'
import { languageOf } from '../answer/language.js'
import { refusalHeaders } from '../answer/refusal-answer.js'
import type { RequestIds } from '../request/request-ids.js'

export interface FrontWords {
  readonly dialect: Dialect
  readonly requestIds: RequestIds
  readonly settings: { readonly problemsUrl: string }
}

/** Refuses and closes: what follows on such a connection is not to be trusted either. */
export function refuseAtFront(response: ServerResponse, refused: Refusal, words: FrontWords): void {
  const { status, headers, body } = frontAnswer(refused, words, response.req.headers['accept-language'] ?? null)
  response.writeHead(status, headers)
  response.end(response.req.method === 'HEAD' || body === null ? undefined : body)
}

/** The same answer for a request and for bytes that never became one. */
export function frontAnswer(refused: Refusal, words: FrontWords, acceptLanguage: string | null) {
  const requestId = words.requestIds().slice(0, 32)
  const answer = words.dialect.refuse(refused, {
    ...{ requestId, api: null, quota: null },
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
  return { status: refused.status, headers, body: answer.body }
}
