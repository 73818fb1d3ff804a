import type { RefusalContext } from '../dialect.js'
import type { Answer, HeaderList, Refusal } from '../exchange.js'
import { type RefusalCode, refusals } from '../refusals.js'
import { jsonAnswer } from './json-answer.js'

/** `{ error, reason, message }`: what the API of version 2 itself refuses. */
export function namedError(told: Refusal, waiting: HeaderList): Answer {
  const status = statusOf(told)
  const entry = entryOf(told)
  return jsonAnswer(status, [...json, ...waiting], {
    error: told.code === 'upstream/broken' ? 'provider_unknown_error' : nameOf(status),
    reason: typeof told.detail?.reason === 'string' ? told.detail.reason : entry.title.fr,
    message: `${entry.title.fr}${parameterIn(told)}. ${entry.mend.fr}`,
  })
}

const parameterIn = ({ detail }: Refusal): string =>
  typeof detail?.parameter === 'string' ? ` (paramètre « ${detail.parameter} »)` : ''

/** `{ errors: [text] }`: what is refused at its door. */
export function flatError(told: Refusal, waiting: HeaderList): Answer {
  const entry = entryOf(told)
  const status = told.code === 'access/application' ? 401 : told.status
  return jsonAnswer(status, [...json, ...waiting], { errors: [`${entry.title.fr}. ${entry.mend.fr}`] })
}

export const unknownText = (): Answer => textAnswer(404, "Cette URL n'existe pas sur cette plateforme.")

/** The words of the address itself; else the date is that of the API's sunset. */
export function goneText({ detail }: Refusal, { api }: Pick<RefusalContext, 'api'>): Answer {
  if (typeof detail?.gone === 'string') return textAnswer(410, detail.gone)
  const sunset = api?.lifecycle.sunsetOn ?? null
  if (api === null || sunset === null) return textAnswer(410, "Cette URL n'existe plus sur cette plateforme.")
  const [year, month, day] = new Date(sunset).toISOString().slice(0, 10).split('-')
  return textAnswer(410, `L'API ${api.title.fr} n'est plus disponible depuis le ${day}/${month}/${year}.`)
}

const json = ['Content-Type', 'application/json']

/** A scope that is missing is 401 in version 2. */
function statusOf({ code, status }: Refusal): number {
  if (code.startsWith('access/')) return 401
  return status === 500 || status === 502 ? 503 : status
}

function nameOf(status: number): string {
  const named = names[status]
  return named ?? (status < 500 ? 'bad_request' : 'data_provider_error')
}

const names: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'access_denied',
  404: 'not_found',
  409: 'conflict',
  503: 'data_provider_error',
  504: 'timeout_error',
}

const entryOf = ({ code }: Refusal) =>
  Object.hasOwn(refusals, code) ? refusals[code as RefusalCode] : refusals['gateway/fault']

function textAnswer(status: number, text: string): Answer {
  const body = Buffer.from(text)
  return { status, headers: ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(body.length)], body }
}
