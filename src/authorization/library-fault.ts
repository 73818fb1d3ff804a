import type { OAuthError } from '#contract'

/** What the library's errors carry (RFC 6749 section 5.2 and its own notes). */
export interface LibraryFault {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  /** For the log, and to tell faults of one code apart. */
  readonly error_detail?: string | undefined
  readonly scope?: string | undefined
  readonly statusCode?: number | undefined
  readonly expose?: boolean | undefined
}

export interface FaultContext {
  readonly grantType: string | undefined
  readonly scopes: readonly string[]
  readonly basic: boolean
}

/** The library's error as dialects read it. */
export function toOAuthError(fault: LibraryFault, { grantType, scopes, basic }: FaultContext): OAuthError {
  const { error = 'server_error', error_description: description = '' } = fault
  const status = fault.statusCode ?? 500
  if (error === 'invalid_client') return { error, description: 'Client authentication failed', status, basic }
  if (error === 'invalid_scope') {
    const refused = (fault.scope ?? scopes.join(' ')).split(' ').filter((scope) => scope !== '')
    return { error, description, status, ...(refused.length > 0 && { scopes: refused }) }
  }
  if (error === 'unsupported_grant_type' && grantType !== undefined) return { error, description, status, grantType }
  return { error, description, status, ...(isOfRedirectUri(fault, grantType) && { redirectUri: true }) }
}

/** The library's own words are the only mark of these. */
const isOfRedirectUri = (
  { error, error_description = '', error_detail }: LibraryFault,
  grantType: string | undefined,
) =>
  (error === 'invalid_grant' && error_detail === 'authorization code redirect_uri mismatch') ||
  (error === 'invalid_request' &&
    grantType === 'authorization_code' &&
    /^missing required parameter '?redirect_uri/.test(error_description))
