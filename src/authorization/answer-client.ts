import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from '#access'
import { addressKey, type Clock } from '#base'
import { readClientRequest } from './client-request.js'
import { createFailureLimiter } from './failure-limiter.js'
import { handOver } from './hand-over.js'
import { checkLengths } from './parameter-length.js'
import { writeForm } from './parse-form.js'
import type { Exchange, MountedRealm } from './realm.js'
import type { Refusals } from './refusals.js'
import { requestedScopes } from './requested-scopes.js'
import { requestIdOf } from './sign-in/visit.js'

export interface AnswerClientOptions {
  readonly clock: Clock
  readonly refusals: Refusals
  readonly access: Access
  readonly addressOf: (request: IncomingMessage) => string
  readonly failuresPerMinute: number
  readonly authorizationUrl: string
}

/** Where a client's request goes. */
export interface ClientTarget {
  readonly mounted: MountedRealm
  /** Path under the realm's issuer. */
  readonly path: string
  readonly query: URLSearchParams
}

/** A text that no token has. */
const noToken = 'structured'

/**
 * Answers the endpoints where clients prove who they are: shape, then the library. A refusal leaves a line in the log; a fault of ours has its own.
 * Only an attempt that fails is told to wait, and only once too many have failed.
 * Whoever knows a `client_id` could otherwise shut its owner out.
 */
export function createAnswerClient({
  clock,
  refusals,
  access,
  addressOf,
  failuresPerMinute,
  authorizationUrl,
}: AnswerClientOptions) {
  const failures = createFailureLimiter({
    limit: failuresPerMinute,
    periodMilliseconds: 60_000,
    keysMax: 50_000,
    clock,
  })

  return async (request: IncomingMessage, response: ServerResponse, { mounted, path, query }: ClientTarget) => {
    const read = await readClientRequest(request, query, mounted.habits)
    if (path === '/par') checkLengths(read.form)
    // Asked before the library gets the request without what proxies say.
    const address = addressOf(request)
    const key = () => JSON.stringify([mounted.name, read.clientId.slice(0, 200), addressKey(address)])
    const scopes = requestedScopes(read, mounted.habits)
    const { clientId, basic, form, body } = read
    const [given, scope] = [form.get('scope'), scopes.length === 0 ? undefined : scopes.join(' ')]
    if (scope === undefined) form.delete('scope')
    else form.set('scope', scope)
    const token = form.get('token') ?? ''
    const structured = path === '/introspect' && token.includes('.')
    if (structured) form.set('token', noToken)
    const exchange: Exchange = {
      clientId,
      basic,
      grantType: form.get('grant_type'),
      scopes,
      waitSeconds: () => failures.waitSeconds(key()),
      ...(structured && { structuredToken: token }),
    }
    handOver(request, {
      path,
      issuerPath: mounted.realm.issuerPath,
      authorizationUrl,
      // As it came where nothing of it changed: its bytes were judged one by one.
      form: scope === given && !structured ? body : writeForm(form),
      accept: 'json',
    })
    await mounted.answer(request, response, exchange)
    const { fault } = exchange
    if (fault === undefined) return
    const { error = 'server_error', error_description, error_detail } = fault
    const client = access.record(clientId) === undefined ? '' : clientId
    const refused = { requestId: requestIdOf(response), realm: mounted.name, client, error }
    if (error === 'invalid_client') {
      failures.fail(key())
      refusals.noteClient(request, { ...refused, reason: error_detail ?? error_description })
    } else if (fault.statusCode !== undefined && fault.statusCode < 500)
      refusals.note(request, { ...refused, reason: error_description })
  }
}
