import type { ErrorCode, RefusalContext } from '../dialect.js'
import type { Answer, HeaderList, Refusal } from '../exchange.js'
import type { JsonObject } from '../json.js'
import { isRecord } from '../reading/keywords.js'
import { type RefusalCode, refusals } from '../refusals.js'
import { missingRight, platformCodes, providerCodes } from './api-particulier-codes.js'
import { documentedErrors } from './documented-errors.js'
import { jsonAnswer } from './json-answer.js'
import { mendText } from './mend-text.js'

/**
 * `{ errors: [{ code, title, detail, source, meta }] }`. A code is the provider's two digits (`info.x-provider` of the contract: `{ code, name }`;
 * 00 is the platform) and three that say what happened. Read of `detail`: `errorCode` (five digits), `parameter`, `header`, `reason`.
 */
export function jsonApiError(told: Refusal, { api }: RefusalContext, waiting: HeaderList): Answer {
  const provider = readProvider(told.detail?.provider) ?? readProvider(infoOf(api?.document))
  const { code, status } = codeOf(told, provider)
  const words = wordsOf(code, provider?.name ?? '', told)
  // What the contract shows for a code is what is answered: the documentation, the sandbox and production say the same words.
  const documented =
    api === null || told.code === 'access/right' || isGeneral(told, code)
      ? undefined
      : documentedErrors(api).coded.get(`${status} ${code}`)
  const error = {
    code,
    title: documented?.title ?? words.title,
    detail: documented?.detail ?? words.detail,
    source: sourceOf(told) ?? documented?.source,
    meta: metaOf(told, { provider, documented: documented?.meta }),
  }
  const type = told.code.startsWith('upstream/') ? 'application/vnd.api+json' : typeOf(status, code)
  return jsonAnswer(status, ['Content-Type', type, ...waiting], { errors: [error] })
}

/** Those of the nomenclature; a code that it does not have says what the gateway says. */
function wordsOf(code: string, provider: string, told: Refusal): Pick<ErrorCode, 'title' | 'detail'> {
  if (told.code === 'access/right') return missingRight(rightOf(told))
  const listed =
    platformCodes.find((one) => one.code === code) ?? providerCodes(provider).find((one) => one.code === code.slice(2))
  if (listed !== undefined) return isGeneral(told, code) ? { ...listed, detail: mendText(told, 'fr') } : listed
  const entry = Object.hasOwn(refusals, told.code) ? refusals[told.code as RefusalCode] : refusals['gateway/fault']
  return { title: entry.title.fr, detail: entry.mend.fr }
}

const rightOf = ({ detail }: Refusal) => (typeof detail?.right === 'string' ? detail.right : undefined)

/** A code for whatever cannot be read: how to mend it is told by what was wrong. */
const isGeneral = ({ code }: Refusal, told: string): boolean =>
  (told === '00401' && code !== 'request/contract') || (told === '00503' && code.startsWith('request/'))

/** Of what the platform refuses: plain JSON at the door, JSON:API behind it, as all that is told of a provider. */
function typeOf(status: number, code: string): string {
  const atTheDoor = [401, 403, 429].includes(status) || ['00015', '00203', '00210'].includes(code)
  return atTheDoor ? 'application/json' : 'application/vnd.api+json'
}

interface Provider {
  readonly code: string
  readonly name: string
}

const infoOf = (document: JsonObject | undefined): unknown =>
  isRecord(document?.info) ? document.info['x-provider'] : undefined

function readProvider(told: unknown): Provider | null {
  if (!isRecord(told) || typeof told.code !== 'string' || !/^\d{2}$/.test(told.code)) return null
  return { code: told.code, name: typeof told.name === 'string' ? told.name : '' }
}

interface Coded {
  readonly code: string
  readonly status: number
}

function codeOf({ code, status, detail }: Refusal, provider: Provider | null): Coded {
  const own = detail?.errorCode
  if (code === 'request/contract')
    return typeof own === 'string' && /^\d{5}$/.test(own) ? { code: own, status: 422 } : { code: '00401', status: 400 }
  if (code === 'token/invalid') return { code: invalid[String(detail?.reason)] ?? '00101', status }
  if (code === 'token/environment') return { code: detail?.environment === 'sandbox' ? '00108' : '00109', status }
  const known = codes[code]
  if (known !== undefined) return { code: known, status: statuses[known] ?? status }
  const happened = providerFaults[code]
  if (happened !== undefined) {
    const said = provider === null ? happened.platform : `${provider.code}${happened.provider}`
    // What is set aside after failures is unavailable: nobody said that it is under maintenance.
    return { code: said, status: code === 'upstream/resting' ? 502 : status }
  }
  if (status === 429) return { code: '00429', status }
  if (status === 501) return { code: '00503', status }
  return status < 500 ? { code: '00401', status } : { code: '00500', status }
}

const invalid: Readonly<Record<string, string>> = { expired: '00103', revoked: '00105', unknown: '00106' }

const codes: Readonly<Record<string, string>> = {
  'token/missing': '00101',
  'token/malformed': '00101',
  'token/foreign': '00101',
  'access/application': '00105',
  'access/subscription': '00100',
  'access/scope': '00100',
  'access/right': '00100',
  'access/person': '51502',
  'access/address': '00107',
  'request/in-flight': '00015',
  'request/origin': '00401',
  'route/unknown-api': '00402',
  'sandbox/no-answer': '00503',
  'gateway/fault': '00500',
}
/** Where the code's own status is not that of the refusal. */
const statuses: Readonly<Record<string, number>> = { '00105': 401, '00401': 400, '51502': 401 }

const providerFaults: Readonly<Record<string, { readonly platform: string; readonly provider: string }>> = {
  'upstream/internal': { platform: '00502', provider: '000' },
  'upstream/broken': { platform: '00502', provider: '000' },
  'upstream/unreachable': { platform: '00501', provider: '001' },
  'upstream/late': { platform: '00502', provider: '002' },
  'upstream/not-found': { platform: '00502', provider: '003' },
  'upstream/unresolved': { platform: '00501', provider: '004' },
  'upstream/credentials': { platform: '00502', provider: '006' },
  'upstream/limited': { platform: '00502', provider: '008' },
  'upstream/untrusted': { platform: '00501', provider: '009' },
  'upstream/temporary': { platform: '00502', provider: '011' },
  'upstream/conflict': { platform: '00015', provider: '015' },
  'upstream/maintenance': { platform: '00502', provider: '020' },
  'upstream/resting': { platform: '00501', provider: '001' },
  'upstream/identity-unknown': { platform: '00502', provider: '560' },
  'upstream/identity-refused': { platform: '00502', provider: '561' },
  'upstream/identifier-refused': { platform: '00502', provider: '562' },
  'upstream/identity-ambiguous': { platform: '00502', provider: '563' },
  'upstream/period-refused': { platform: '00502', provider: '565' },
  'upstream/unknown': { platform: '00502', provider: '999' },
}

/** Null is left out: the real server writes no key without a value. */
function sourceOf({ detail }: Refusal): JsonObject | undefined {
  if (typeof detail?.parameter === 'string') return { parameter: detail.parameter }
  return typeof detail?.header === 'string' ? { header: detail.header } : undefined
}

interface Known {
  readonly provider: Provider | null
  readonly documented: JsonObject | undefined
}

/** `retry_in` beside `provider`: the wait is the provider's, where a quota of ours says it in `Retry-After` alone. */
function metaOf({ code, detail }: Refusal, { provider, documented }: Known): JsonObject | undefined {
  const named = provider !== null && code.startsWith('upstream/') ? { provider: provider.name } : {}
  const network = documented === undefined && code === 'upstream/unreachable' ? { retry_in: 10 } : {}
  const wait = detail?.provider === undefined ? undefined : detail.retryAfterSeconds
  const meta = { ...named, ...documented, ...network, ...(typeof wait === 'number' ? { retry_in: wait } : {}) }
  return Object.keys(meta).length === 0 ? undefined : meta
}
