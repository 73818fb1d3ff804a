import type { OAuthError, TokenGranted } from '../dialect.js'
import type { Answer } from '../exchange.js'
import { jsonAnswer } from './json-answer.js'

const headers = ['Content-Type', 'application/json;charset=UTF-8', 'Cache-Control', 'no-store', 'Pragma', 'no-cache']

/** RFC 6749 section 5.2, to the letter. */
export function standardTokenError({ error, description, status, basic }: OAuthError): Answer {
  const challenge = error === 'invalid_client' && basic === true ? ['WWW-Authenticate', 'Basic realm="oauth"'] : []
  const code = error === 'invalid_client' && basic === true ? 401 : status
  return jsonAnswer(code, [...headers, ...challenge], { error, error_description: description })
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
