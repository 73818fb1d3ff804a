import type { Dialect, RefusalContext } from '../dialect.js'
import type { Answer, Credential, HeaderList, Refusal, RequestHead } from '../exchange.js'
import { type RefusalCode, refusal, refusals } from '../refusals.js'
import { bearerCredential } from './bearer-credential.js'
import { contractPlace } from './contract-place.js'
import { jsonAnswer } from './json-answer.js'
import { mendText } from './mend-text.js'
import { standardTokenError, standardTokenGranted } from './oauth-errors.js'
import { holdsParameter, queryToken } from './query-token.js'
import { quotaLevels, rateLimitFields } from './rate-limit-fields.js'
import { retryAfterSeconds } from './retry-after.js'

/** RFC 6750 challenges, RFC 9457 problems, RateLimit fields: what a new platform should speak. */
export const standard: Dialect = {
  name: 'standard',
  // A retired version says so to anyone; a resource is named unknown only to those who may call the API (what one may not use, one does not learn about).
  order: [
    'version',
    'lifecycle',
    'credential',
    'verify',
    'expiry',
    'environment',
    'subscription',
    'scopes',
    'operation',
    'rights',
    'body',
    'load',
    'in-flight',
    'quota',
    'parameters',
  ],
  credential,
  refuse,
  limits: rateLimitFields,
  tokenErrors: standardTokenError,
  tokenGranted: standardTokenGranted,
}

/** A token in the address is refused rather than ignored: it is in somebody's log by now (RFC 6750 section 5.3). */
function credential(head: RequestHead): Credential | Refusal {
  const mark = head.target.indexOf('?')
  if (mark >= 0 && holdsParameter(head.target.slice(mark + 1), queryToken)) return refusal('token/in-query')
  return bearerCredential(head)
}

function refuse(told: Refusal, context: RefusalContext): Answer {
  const { language } = context
  const entry = Object.hasOwn(refusals, told.code) ? refusals[told.code as RefusalCode] : refusals['gateway/fault']
  const wait = retryAfterSeconds(told, context)
  const headers = [
    ...['Content-Type', 'application/problem+json', 'Content-Language', language, 'Cache-Control', 'no-store'],
    ...challenge(told, context),
    ...(wait === null ? [] : ['Retry-After', String(wait)]),
    ...allow(told),
  ]
  return jsonAnswer(told.status, headers, {
    type: `${context.problemsUrl}${told.code}`,
    title: entry.title[language],
    status: told.status,
    detail: mendText(told, language),
    instance: `urn:portique:request:${context.requestId}`,
    code: told.code,
    ...contractPlace(told),
    ...refusedQuota(told, context, wait),
    ...(told.code === 'access/scope' ? { scopes: neededScopes(told, context) } : {}),
  })
}

/** RFC 6750 section 3: no `error` for a caller that sent nothing, and the scopes needed for one that holds too few. */
function challenge(told: Refusal, context: RefusalContext): HeaderList {
  const realm = `Bearer realm="${context.api?.platform ?? 'portique'}"`
  if (told.code === 'token/missing') return ['WWW-Authenticate', realm]
  if (told.code === 'token/in-query') return ['WWW-Authenticate', `${realm}, error="invalid_request"`]
  if (told.code === 'access/scope') {
    return [
      'WWW-Authenticate',
      `${realm}, error="insufficient_scope", scope="${neededScopes(told, context).join(' ')}"`,
    ]
  }
  return told.status === 401 ? ['WWW-Authenticate', `${realm}, error="invalid_token"`] : []
}

function neededScopes({ detail }: Refusal, { api }: RefusalContext): readonly string[] {
  return wordsOf(detail?.scope, ' ') ?? api?.scopes.production ?? []
}

/** RFC 9110 section 15.5.6: 405 names the methods that exist. */
function allow({ status, detail }: Refusal): HeaderList {
  return status === 405 ? ['Allow', typeof detail?.allow === 'string' ? detail.allow : ''] : []
}

function refusedQuota({ status }: Refusal, { quota }: RefusalContext, wait: number | null) {
  const state = quota?.refusedBy === undefined ? undefined : quota.states[quota.refusedBy]
  if (status !== 429 || state === undefined) return {}
  const { key, limit, periodSeconds } = state.rule
  return { quota: { level: quotaLevels[key], limit, periodSeconds, retryAfterSeconds: wait } }
}

const wordsOf = (value: unknown, separator: string): readonly string[] | null =>
  typeof value === 'string' && value !== '' ? value.split(separator) : null
