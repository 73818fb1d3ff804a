import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Address, addressesOf } from './addresses.js'
import type { Authorization, AuthorizationOptions } from './authorization.js'
import { readClientRequest } from './client-request.js'
import { createRealm, type Exchange, type MountedRealm } from './create-realm.js'
import { createVerify } from './create-verify.js'
import { createFailureLimiter } from './failure-limiter.js'
import { handOver } from './hand-over.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { writeForm } from './parse-form.js'
import { createPurge } from './purge.js'
import { requestedScopes } from './requested-scopes.js'
import { sendAnswer } from './send-answer.js'

export async function createAuthorization(options: AuthorizationOptions): Promise<Authorization> {
  const { access, clock, dialectOf, log } = options
  const addressOf = options.addressOf ?? ((request: IncomingMessage) => request.socket.remoteAddress ?? '')
  const failures = createFailureLimiter({
    limit: options.failuresPerMinute ?? 30,
    periodMilliseconds: 60_000,
    keysMax: 50_000,
    clock,
  })
  const realms = await Promise.all(
    [...options.platforms].flatMap((platform) =>
      platform.realms
        .filter((realm) => realm.flows.includes('client_credentials'))
        .map((realm) => createRealm({ ...options, platform, realm, dialect: dialectOf(platform.dialect) })),
    ),
  )
  const addresses = addressesOf(realms)
  const verifier = createVerify(options)
  const purge = createPurge(options)

  const allowedIn = (mounted: MountedRealm) => (clientId: string) => access.allowedScopes(clientId, mounted.realm.name)

  const answerClient = async (request: IncomingMessage, response: ServerResponse, to: Target) => {
    const { mounted, address, query } = to
    const read = await readClientRequest(request, query, mounted.habits)
    const key = JSON.stringify([mounted.name, read.clientId.slice(0, 200), addressOf(request)])
    refuseThrottled(failures.waitSeconds(key))
    const scopes = address.kind === 'token' ? requestedScopes(read, mounted.habits, allowedIn(mounted)) : []
    if (address.kind === 'token') setScope(read.form, scopes)
    const exchange: Exchange = { ...read, grantType: read.form.get('grant_type'), scopes }
    handOver(request, {
      path: address.path(mounted),
      issuerPath: mounted.realm.issuerPath,
      form: writeForm(read.form),
    })
    await mounted.answer(request, response, exchange)
    if (exchange.fault?.error === 'invalid_client') {
      failures.fail(key)
      log.warn('authorization.client-refused', { realm: mounted.name, address: addressOf(request) })
    }
  }

  const answerStranger = (request: IncomingMessage, response: ServerResponse, { mounted, address }: Target) => {
    handOver(request, { path: address.path(mounted), issuerPath: mounted.realm.issuerPath, form: null })
    return mounted.answer(request, response, null)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse, found: [Address, URLSearchParams]) => {
    const [address, query] = found
    try {
      const to = { address, query, mounted: address.realm(query) }
      await (address.kind === 'public' ? answerStranger(request, response, to) : answerClient(request, response, to))
    } catch (error) {
      request.resume()
      const { error: told, status, headers } = error instanceof OAuthRefusal ? error : unforeseen(error)
      const said = address.speaker.dialect.tokenErrors(told)
      sendAnswer(response, { ...said, status: status ?? said.status }, headers)
    }
  }

  const unforeseen = (error: unknown) => {
    log.error('authorization.fault', { error: error instanceof Error ? error.message : String(error) })
    return new OAuthRefusal({ error: 'server_error', description: 'The server failed', status: 500 }, { status: 500 })
  }

  return {
    handle(request, response) {
      const [path = '', ...query] = (request.url ?? '').split('?')
      const address = addresses.get(path)
      return address === undefined ? false : answer(request, response, [address, new URLSearchParams(query.join('?'))])
    },
    verify: verifier.verify,
    async close() {
      verifier.close()
      await purge.close()
    },
  }
}

interface Target {
  readonly mounted: MountedRealm
  readonly address: Address
  readonly query: URLSearchParams
}

function setScope(form: Map<string, string>, scopes: readonly string[]): void {
  if (scopes.length === 0) form.delete('scope')
  else form.set('scope', scopes.join(' '))
}

function refuseThrottled(waitSeconds: number): void {
  if (waitSeconds === 0) return
  throw new OAuthRefusal(
    { error: 'temporarily_unavailable', description: 'Too many failed attempts', status: 429 },
    { headers: ['Retry-After', String(waitSeconds)], status: 429 },
  )
}
