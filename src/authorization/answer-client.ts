import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Log } from '#base'
import { readClientRequest } from './client-request.js'
import { createFailureLimiter } from './failure-limiter.js'
import { handOver } from './hand-over.js'
import { OAuthRefusal } from './oauth-refusal.js'
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

/** Answers the endpoints where clients prove who they are: shape, throttle, then the library. */
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
    const key = JSON.stringify([mounted.name, read.clientId.slice(0, 200), addressOf(request)])
    refuseThrottled(failures.waitSeconds(key))
    const scopes = requestedScopes(read, mounted.habits)
    if (scopes.length === 0) read.form.delete('scope')
    else read.form.set('scope', scopes.join(' '))
    const { clientId, basic, form } = read
    const exchange: Exchange = { clientId, basic, grantType: form.get('grant_type'), scopes }
    handOver(request, {
      path,
      issuerPath: mounted.realm.issuerPath,
      authorizationUrl,
      form: writeForm(form),
      accept: 'json',
    })
    await mounted.answer(request, response, exchange)
    if (exchange.fault?.error !== 'invalid_client') return
    failures.fail(key)
    log.warn('authorization.client-refused', { realm: mounted.name, address: addressOf(request) })
  }
}

function refuseThrottled(waitSeconds: number): void {
  if (waitSeconds === 0) return
  throw new OAuthRefusal(
    { error: 'temporarily_unavailable', description: 'Too many failed attempts', status: 429 },
    { headers: ['Retry-After', String(waitSeconds)], status: 429 },
  )
}
