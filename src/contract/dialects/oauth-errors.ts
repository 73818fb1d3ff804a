import type { OAuthError, TokenGranted } from '../dialect.js'
import type { Answer } from '../exchange.js'
import { jsonAnswer } from './json-answer.js'

const headers = ['Content-Type', 'application/json;charset=UTF-8', 'Cache-Control', 'no-store', 'Pragma', 'no-cache']

/** RFC 6749 section 5.2, to the letter. */
export function standardTokenError(refused: OAuthError): Answer {
  const { error, status, basic } = refused
  const challenge = error === 'invalid_client' && basic === true ? ['WWW-Authenticate', 'Basic realm="oauth"'] : []
  const code = error === 'invalid_client' && basic === true ? 401 : status
  return jsonAnswer(code, [...headers, ...challenge], { error, error_description: describe(refused) })
}

/** RFC 6749 section 5.1. */
export function standardTokenGranted(granted: TokenGranted): Answer {
  return jsonAnswer(200, headers, {
    access_token: granted.accessToken,
    token_type: 'Bearer',
    expires_in: granted.expiresIn,
    scope: granted.scope,
    refresh_token: granted.refreshToken,
    id_token: granted.idToken,
  })
}

/** The scopes by name: unknown or not subscribed is not told apart, so that nobody learns of an API by asking for it. */
function describe({ description, scopes = [], error }: OAuthError): string {
  const named = scopes.filter((scope) => scopeToken.test(scope))
  if (error !== 'invalid_scope' || named.length === 0) return description
  return `No subscription of the application gives: ${named.join(' ')}. Check the spelling, or subscribe to the API`
}

/** RFC 6749 appendix A.4: characters that a description may hold as well. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/
