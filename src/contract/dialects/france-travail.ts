import type { Dialect, OAuthError, RefusalContext, TokenGranted } from '../dialect.js'
import type { Answer, HeaderList, Refusal } from '../exchange.js'
import type { QuotaDecision, QuotaKey } from '../quota.js'
import { type RefusalCode, refusals } from '../refusals.js'
import { bearerCredential } from './bearer-credential.js'
import { emptyAnswer, jsonAnswer } from './json-answer.js'
import { retryAfterSeconds } from './retry-after.js'
import { sizeText } from './size-text.js'

/** What francetravail.io does on the wire: empty refusals, 400 for every OAuth error, X-Ratelimit headers. */
export const franceTravail: Dialect = {
  name: 'france-travail',
  // Without a good token every API that exists answers 401, retired or not; a resource is looked for only once the scopes are there, so 403 comes before 404.
  order: [
    'version',
    'credential',
    'verify',
    'expiry',
    'lifecycle',
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
  // A token in the address is not documented there: it counts for nothing, and the call has none.
  credential: bearerCredential,
  refuse,
  limits,
  tokenErrors,
  tokenGranted,
}

const uncached = ['Cache-Control', 'no-store, no-cache', 'Pragma', 'no-cache']

function refuse(told: Refusal, context: RefusalContext): Answer {
  const wait = retryAfterSeconds(told, context)
  const waiting = wait === null ? [] : ['Retry-After', String(wait)]
  if (told.status === 401) return emptyAnswer(401, ['WWW-Authenticate', 'Bearer', ...uncached])
  if (told.status === 403 || told.status === 404) return emptyAnswer(told.status, uncached)
  if (told.status === 429) return emptyAnswer(429, ['Content-Type', 'text/plain', ...waiting, ...uncached])
  const entry = Object.hasOwn(refusals, told.code) ? refusals[told.code as RefusalCode] : refusals['gateway/fault']
  const headers = [
    'Content-Type',
    'application/json;charset=UTF-8',
    'Content-Language',
    'fr',
    ...waiting,
    ...allow(told),
    ...uncached,
  ]
  const message = `${entry.title.fr}. ${sizeText(told, 'fr') ?? entry.mend.fr}`
  return jsonAnswer(told.status, headers, { codeErreur: errorCode(told.code), codeHttp: told.status, message })
}

/** `upstream/late` as `PORTIQUE_UPSTREAM_LATE`: plainly ours, since clients match on the real ones. */
const errorCode = (code: string) => `PORTIQUE_${code.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}`

function allow({ status, detail }: Refusal): HeaderList {
  return status === 405 ? ['Allow', typeof detail?.allow === 'string' ? detail.allow : ''] : []
}

const limiters: Partial<Record<QuotaKey, string>> = { 'application+api': 'Clientidlimiter', api: 'Defaultlimiter' }

/** Four headers a limiter; the rate is a whole number of calls a second. */
function limits({ states }: QuotaDecision): HeaderList {
  return states.flatMap(({ rule, remaining }) => {
    const limiter = limiters[rule.key]
    if (limiter === undefined) return []
    return [
      ...[`X-Ratelimit-Remaining-${limiter}`, String(Math.max(0, Math.floor(remaining)))],
      ...[`X-Ratelimit-Requested-Tokens-${limiter}`, '1'],
      ...[`X-Ratelimit-Burst-Capacity-${limiter}`, String(rule.limit)],
      ...[`X-Ratelimit-Replenish-Rate-${limiter}`, String(Math.max(1, Math.floor(rule.limit / rule.periodSeconds)))],
    ]
  })
}

const unstored = ['Cache-Control', 'no-store', 'Pragma', 'no-cache']

/** Always 400 with the platform's own words, but for faults of the server. */
function tokenErrors(error: OAuthError): Answer {
  const status = error.status >= 500 || error.status === 429 ? error.status : 400
  return jsonAnswer(status, ['Content-Type', 'application/json', ...unstored], {
    error: codeOf(error),
    error_description: describe({ ...error, error: codeOf(error) }),
  })
}

const codeOf = ({ error, redirectUri }: OAuthError) => (redirectUri === true ? 'redirect_uri_mismatch' : error)

function describe({ error, description, scopes, grantType }: OAuthError): string {
  if (error === 'invalid_client') return 'Client authentication failed'
  if (error === 'invalid_grant') return 'The provided access grant is invalid, expired, or revoked.'
  if (error === 'redirect_uri_mismatch') return 'The redirection URI provided does not match a pre-registered value.'
  if (error === 'unsupported_grant_type') return `Grant type is not supported: ${grantType ?? ''}`
  if (error === 'invalid_scope') {
    return scopes === undefined || scopes.length === 0
      ? 'No scope requested and no default scope configured'
      : `Unknown/invalid scope(s): [${scopes.join(', ')}]`
  }
  return description
}

/** Keys in the order of the real server, which is not that of its documentation. */
function tokenGranted({ accessToken, scope, expiresIn, idToken, refreshToken, nonce }: TokenGranted): Answer {
  return jsonAnswer(200, ['Content-Type', 'application/json;charset=UTF-8', ...unstored], {
    access_token: accessToken,
    scope,
    token_type: 'Bearer',
    expires_in: expiresIn,
    id_token: idToken,
    refresh_token: refreshToken,
    nonce,
  })
}
