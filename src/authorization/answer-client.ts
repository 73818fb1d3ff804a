import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressKey, type Clock, type Log } from '#base'
import { readClientRequest } from './client-request.js'
import { createFailureLimiter } from './failure-limiter.js'
import { handOver } from './hand-over.js'
import { checkLengths } from './parameter-length.js'
import { writeForm } from './parse-form.js'
import type { Exchange, MountedRealm } from './realm.js'
import { requestedScopes } from './requested-scopes.js'

export interface AnswerClientOptions {
  readonly clock: Clock
  readonly log: Log
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
 * Answers the endpoints where clients prove who they are: shape, then the library. Only an attempt that fails is told to
 * wait, and only once too many have failed: whoever knows a `client_id` could otherwise shut its owner out.
 */
export function createAnswerClient({
  clock,
  log,
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
    if (scopes.length === 0) read.form.delete('scope')
    else read.form.set('scope', scopes.join(' '))
    const { clientId, basic, form } = read
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
      form: writeForm(form),
      accept: 'json',
    })
    await mounted.answer(request, response, exchange)
    if (exchange.fault?.error !== 'invalid_client') return
    failures.fail(key())
    log.warn('authorization.client-refused', { realm: mounted.name, address })
  }
}
