import type { IncomingMessage } from 'node:http'
import type { OAuthHabits } from '#contract'
import { invalidClient, invalidRequest, OAuthRefusal } from './oauth-refusal.js'
import { parseForm } from './parse-form.js'
import { readBody } from './read-body.js'

/** A request of a client to one of its endpoints (token, introspection, revocation), read once. */
export interface ClientRequest {
  readonly form: Map<string, string>
  /** The form as it came. */
  readonly body: Buffer
  /** As given in the form or in HTTP Basic, not proven yet. */
  readonly clientId: string
  readonly basic: boolean
}

/** Parameters that must never stand in an address, where logs and proxies keep them (RFC 6749 section 2.3.1). */
const secretParameters = ['client_secret', 'client_assertion', 'code', 'code_verifier', 'refresh_token', 'token']

/** Checks the shape of a request before the library sees it. Throws OAuthRefusal. */
export async function readClientRequest(
  request: IncomingMessage,
  query: URLSearchParams,
  habits: OAuthHabits,
): Promise<ClientRequest> {
  if (request.method !== 'POST') throw methodNotAllowed()
  if (secretParameters.some((name) => query.has(name))) throw invalidRequest('a secret stands in the address')
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded' || request.headers['content-encoding'] !== undefined) {
    throw invalidRequest('the body must be application/x-www-form-urlencoded')
  }
  const authorization = oneAuthorization(request)
  const body = await readBody(request)
  const form = parseForm(body)
  const basic = authorization !== undefined
  if (basic && !habits.clientAuthentication.includes('client_secret_basic')) throw invalidClient(true)
  const clientId = form.get('client_id') || (basic ? basicUser(authorization) : undefined)
  if (!clientId) throw invalidClient(basic)
  return { form, body, clientId, basic }
}

function methodNotAllowed() {
  const error = { error: 'invalid_request', description: 'only POST is allowed here', status: 405 }
  return new OAuthRefusal(error, { headers: ['Allow', 'POST'], status: 405 })
}

/** Node keeps the first of two `Authorization` headers without a word: the raw list tells. */
function oneAuthorization(request: IncomingMessage): string | undefined {
  const names = request.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization')
  if (names.length > 1) throw invalidRequest('the Authorization header is repeated')
  return request.headers.authorization
}

/** Only to count failures by client; the library judges the header. */
function basicUser(authorization: string): string | undefined {
  const [user] = Buffer.from(authorization.replace(/^basic /i, ''), 'base64')
    .toString('utf8')
    .split(':', 1)
  try {
    return user === undefined ? undefined : decodeURIComponent(user.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
