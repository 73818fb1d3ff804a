import type { Dialect, RefusalContext } from '../dialect.js'
import type { Answer, HeaderList, Refusal } from '../exchange.js'
import type { QuotaDecision } from '../quota.js'
import { platformCodes, providerCodes } from './api-particulier-codes.js'
import { credentialInOrder, tokenParameter } from './api-particulier-credential.js'
import { flatError, goneText, namedError, unknownText } from './api-particulier-v2.js'
import { jsonApiError } from './api-particulier-v3.js'
import { standardTokenError, standardTokenGranted } from './oauth-errors.js'
import { retryAfterSeconds } from './retry-after.js'

/**
 * What particulier.api.gouv.fr does on the wire. Version 2 answers in three shapes, later versions in that of JSON:API; the version of the
 * API that is called chooses.
 */
export const apiParticulier: Dialect = {
  name: 'api-particulier',
  // Addresses are looked up before anything else: 404 and 410 tell anyone. Calls are counted before their token's end and rights are looked at: 429 comes before those 401 and 403.
  order: [
    'operation',
    'lifecycle',
    'credential',
    'verify',
    'environment',
    'subscription',
    'body',
    'load',
    'quota',
    'expiry',
    'scopes',
    'rights',
    'in-flight',
    'version',
    'parameters',
  ],
  credential: credentialInOrder,
  tokenParameter,
  trailingSlash: 'ignored',
  errors: { platform: platformCodes, provider: providerCodes },
  security: {
    jeton: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    cle: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  },
  refuse,
  limits,
  tokenErrors: standardTokenError,
  tokenGranted: standardTokenGranted,
}

function refuse(told: Refusal, context: RefusalContext): Answer {
  const wait = retryAfterSeconds(told, context)
  const waiting = wait === null ? [] : ['Retry-After', String(wait)]
  if (isUnknownAddress(told)) return unknownText()
  if (told.code === 'route/retired') return goneText(told, context)
  if (context.api?.version !== '2') return jsonApiError(told, context, waiting)
  return isFlat(told) ? flatError(told, waiting) : namedError(told, context, waiting)
}

/** A version that does not exist is told in JSON; any other address that does not, in plain text, and so what no address answers: a method, a preflight. */
const isUnknownAddress = ({ code, detail }: Refusal) =>
  (code === 'route/unknown-api' && detail?.version === undefined) ||
  (code === 'request/origin' && detail?.preflight === true) ||
  code === 'route/unknown-resource' ||
  code === 'route/method' ||
  code === 'request/method-unknown'

/** What the doorkeeper of version 2 refuses, before the API itself has a say. */
const isFlat = ({ code, status, detail }: Refusal) =>
  status === 429 ||
  code === 'request/in-flight' ||
  code === 'access/address' ||
  code === 'access/application' ||
  (code === 'token/invalid' && (detail?.reason === 'expired' || detail?.reason === 'revoked'))

/** Of the rule that refused, else of the one that leaves the fewest calls. `RateLimit-Reset` is the Unix time at which the window ends, in seconds. */
function limits({ states, refusedBy }: QuotaDecision, now: number): HeaderList {
  const state = states[refusedBy ?? -1] ?? states.toSorted((one, other) => one.remaining - other.remaining)[0]
  if (state === undefined) return []
  return [
    ...['RateLimit-Limit', String(state.rule.limit)],
    ...['RateLimit-Remaining', String(Math.max(0, Math.floor(state.remaining)))],
    ...['RateLimit-Reset', String(Math.ceil((now + state.resetMilliseconds) / 1000))],
  ]
}
