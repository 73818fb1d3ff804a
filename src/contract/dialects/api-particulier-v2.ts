import type { ApiVersion } from '../api.js'
import type { RefusalContext } from '../dialect.js'
import type { Answer, HeaderList, Refusal } from '../exchange.js'
import { type RefusalCode, refusals } from '../refusals.js'
import { platformCodes } from './api-particulier-codes.js'
import { filled, flatWords, namedWords, ruleWords, wordsFor } from './api-particulier-v2-words.js'
import { documentedErrors, type NamedError } from './documented-errors.js'
import { jsonAnswer } from './json-answer.js'
import { mendText } from './mend-text.js'

/** `{ error, reason, message }`: what the API of version 2 itself refuses. */
export function namedError(told: Refusal, { api }: Pick<RefusalContext, 'api'>, waiting: HeaderList): Answer {
  const status = statusOf(told)
  const error = nameOf(told, status)
  const { reason, message } = wordsOf(told, documentedIn(api, told, `${status} ${error}`))
  return jsonAnswer(status, [...json, ...waiting], { error, reason, message: `${message}${waitIn(told)}` })
}

/** What the contract shows of a provider's failure is what is answered: documentation, sandbox and production say the same. */
const documentedIn = (api: ApiVersion | null, { code }: Refusal, key: string): NamedError | undefined =>
  // Of 400 a contract shows one among many.
  api === null || !code.startsWith('upstream/') || key.startsWith('400')
    ? undefined
    : documentedErrors(api).named.get(key)

function wordsOf(told: Refusal, documented: NamedError | undefined): NamedError {
  if (documented !== undefined) return documented
  const own = wordsFor(namedWords, told)
  if (own !== undefined)
    return { reason: own.reason, message: ruleIn(told) ?? `${filled(own.message, told)}${expectedIn(told)}` }
  const { title } = entryOf(told)
  const reason = typeof told.detail?.reason === 'string' ? told.detail.reason : title.fr
  return { reason, message: `${title.fr}${parameterIn(told)}. ${mendText(told, 'fr')}` }
}

/** What the rule that was broken asks for. */
function ruleIn(told: Refusal): string | null {
  const { kind, errorCode } = told.detail ?? {}
  if (kind !== 'rule' || typeof errorCode !== 'string') return null
  const text = ruleWords[errorCode] ?? platformCodes.find(({ code }) => code === errorCode)?.detail
  return text === undefined ? null : `${text.replace(/\.$/, '')}${parameterIn(told)}.`
}

/** The form that the contract asks for, where it is the form that is wrong. */
const expectedIn = ({ detail }: Refusal): string =>
  detail?.kind === 'format' && detail.given === undefined && typeof detail.expected === 'string'
    ? ` Attendu : ${detail.expected}.`
    : ''

const parameterIn = ({ detail }: Refusal): string =>
  typeof detail?.parameter === 'string' ? ` (paramètre « ${detail.parameter} »)` : ''

/** The wait is the provider's, where a quota of ours says it in `Retry-After` alone. */
function waitIn({ detail }: Refusal): string {
  const seconds = detail?.provider === undefined ? undefined : detail.retryAfterSeconds
  return typeof seconds === 'number' ? ` Le fournisseur demande d’attendre ${seconds} s.` : ''
}

/** `{ errors: [text] }`: what is refused at its door. */
export function flatError(told: Refusal, waiting: HeaderList): Answer {
  const status = told.code === 'access/application' ? 401 : told.status
  const text = wordsFor(flatWords, told) ?? `${entryOf(told).title.fr}. ${mendText(told, 'fr')}`
  return jsonAnswer(status, [...json, ...waiting], { errors: [text] })
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

/** A scope that is missing is 401 in version 2, which has no 422 and no 502; a fault of the platform is not its provider's. */
function statusOf({ code, status }: Refusal): number {
  if (code.startsWith('access/')) return 401
  if (status === 422 || code === 'request/origin') return 400
  return status === 502 ? 503 : status
}

function nameOf({ code }: Refusal, status: number): string {
  if (code === 'upstream/broken' || code === 'upstream/unknown') return 'provider_unknown_error'
  return names[status] ?? (status < 500 ? 'bad_request' : 'data_provider_error')
}

const names: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'access_denied',
  404: 'not_found',
  409: 'conflict',
  500: 'internal_error',
  501: 'not_implemented',
  503: 'data_provider_error',
  504: 'timeout_error',
}

const entryOf = ({ code }: Refusal) =>
  Object.hasOwn(refusals, code) ? refusals[code as RefusalCode] : refusals['gateway/fault']

function textAnswer(status: number, text: string): Answer {
  const body = Buffer.from(text)
  return { status, headers: ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(body.length)], body }
}
