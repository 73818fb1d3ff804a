import type { OAuthError } from '#contract'

/** A request that the library does not get to see: an OAuth error (RFC 6749 section 5.2) with what the answer carries beside it. */
export class OAuthRefusal extends Error {
  readonly error: OAuthError
  /** Names and values in turn. */
  readonly headers: readonly string[]
  /** Kept whatever the dialect makes of the error's own status. */
  readonly status: number | null

  constructor(error: OAuthError, { headers = [], status }: { headers?: readonly string[]; status?: number } = {}) {
    super(error.description)
    this.name = 'OAuthRefusal'
    this.error = error
    this.headers = headers
    this.status = status ?? null
  }
}

export const invalidRequest = (description: string) =>
  new OAuthRefusal({ error: 'invalid_request', description, status: 400 })

/** One text for every reason, so that nobody learns which clients exist. */
export const invalidClient = (basic = false) =>
  new OAuthRefusal({
    error: 'invalid_client',
    description: 'Client authentication failed',
    status: 401,
    ...(basic && { basic }),
  })
