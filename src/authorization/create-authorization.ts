import type { IncomingMessage, ServerResponse } from 'node:http'
import { isProblem } from '#base'
import { type Address, addressesOf } from './addresses.js'
import { createAnswerClient } from './answer-client.js'
import type { Authorization, AuthorizationOptions } from './authorization.js'
import { createRealm } from './create-realm.js'
import { createVerify } from './create-verify.js'
import { handOver } from './hand-over.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { createPurge } from './purge.js'
import { sendAnswer } from './send-answer.js'

/** Mounts every realm that the platforms declare; their keys are made at the first start. */
export async function createAuthorization(options: AuthorizationOptions): Promise<Authorization> {
  const realms = await Promise.all(
    [...options.platforms].flatMap((platform) =>
      platform.realms
        .filter((realm) => realm.flows.includes('client_credentials'))
        .map((realm) => createRealm({ ...options, platform, realm, dialect: options.dialectOf(platform.dialect) })),
    ),
  )
  const addresses = addressesOf(realms)
  const answer = createAnswer(options)
  const verifier = createVerify(options)
  const purge = createPurge(options)

  return {
    handle(request, response) {
      const [path = '', ...query] = (request.url ?? '').split('?')
      const address = addresses.get(path)
      return address === undefined ? false : answer(request, response, { address, query: query.join('?') })
    },
    verify: verifier.verify,
    async close() {
      verifier.close()
      await purge.close()
    },
  }
}

interface Found {
  readonly address: Address
  readonly query: string
}

function createAnswer({ clock, log, addressOf, failuresPerMinute = 30 }: AuthorizationOptions) {
  const answerClient = createAnswerClient({
    clock,
    log,
    addressOf: addressOf ?? ((request) => request.socket.remoteAddress ?? ''),
    failuresPerMinute,
  })

  const answerOrThrow = async (request: IncomingMessage, response: ServerResponse, { address, query }: Found) => {
    const parameters = new URLSearchParams(query)
    const mounted = address.realm(parameters)
    const path = address.path(mounted)
    if (address.kind === 'client') return answerClient(request, response, { mounted, path, query: parameters })
    handOver(request, { path, issuerPath: mounted.realm.issuerPath, form: null })
    return mounted.answer(request, response, null)
  }

  return async (request: IncomingMessage, response: ServerResponse, found: Found): Promise<void> => {
    try {
      await answerOrThrow(request, response, found)
    } catch (error) {
      request.resume()
      if (!(error instanceof OAuthRefusal)) {
        log.error('authorization.fault', { error: error instanceof Error ? error.message : String(error) })
      }
      const { error: told, status, headers } = error instanceof OAuthRefusal ? error : unforeseen(error)
      const said = found.address.speaker.dialect.tokenErrors(told)
      sendAnswer(response, { ...said, status: status ?? said.status }, headers)
    }
  }
}

function unforeseen(error: unknown): OAuthRefusal {
  if (!isProblem(error) || error.status !== 503) {
    const told = { error: 'server_error', description: 'The server failed', status: 500 }
    return new OAuthRefusal(told, { status: 500 })
  }
  const told = { error: 'temporarily_unavailable', description: 'Try again in a moment', status: 503 }
  return new OAuthRefusal(told, { headers: ['Retry-After', '1'], status: 503 })
}
