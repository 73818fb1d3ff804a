import type { IncomingMessage, ServerResponse } from 'node:http'
import { isProblem } from '#base'
import { createRequestIds } from '#gateway'
import { type Address, addressesOf } from './addresses.js'
import { createAnswerBrowser } from './answer-browser.js'
import { createAnswerClient } from './answer-client.js'
import type { Authorization, AuthorizationOptions } from './authorization.js'
import { readBrowser } from './browser-request.js'
import { createLastUse } from './consents/last-use.js'
import { createRealm } from './create-realm.js'
import { createVerify } from './create-verify.js'
import { frontRefusal } from './front-refusal.js'
import { handOver } from './hand-over.js'
import { languageOf, noteAddress, otherLanguageHref } from './language-of.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { createPurge } from './purge.js'
import { realmVerbs } from './realm-verbs.js'
import { createRefusals, type Refusals } from './refusals.js'
import { sendAnswer } from './send-answer.js'
import { errorKindOf, showError } from './sign-in/error-visit.js'
import { requestIdOf, sendPage } from './sign-in/visit.js'

/** Mounts every realm that the platforms declare; their keys are made at the first start. */
export async function createAuthorization(options: AuthorizationOptions): Promise<Authorization> {
  const personaPlaces = options.personaPlaces ?? 'sandbox'
  const lastUse = createLastUse(options)
  const refusals = createRefusals({ log: options.log, now: options.monotonic ?? (() => performance.now()) })
  const realms = await Promise.all(
    [...options.platforms].flatMap((platform) =>
      platform.realms.map((realm) =>
        createRealm({
          ...options,
          personaPlaces,
          lastUse,
          refusals,
          platform,
          realm,
          dialect: options.dialectOf(platform.dialect),
        }),
      ),
    ),
  )
  const addressOf = addressesOf(realms)
  const answer = createAnswer({ ...options, refusals })
  const verifier = createVerify({ ...options, lastUse })
  const purge = createPurge(options)
  const unsubscribe = options.store.feed.subscribe(({ topic, key }) => {
    for (const realm of realms) if (topic === '*' || (topic === 'realm' && key === realm.name)) realm.refresh()
  })

  return {
    handle(request, response) {
      const [path = '', ...query] = (request.url ?? '').split('?')
      const address = addressOf(path)
      return address === undefined ? false : answer(request, response, { address, query: query.join('?') })
    },
    speakerAt(rawTarget) {
      const address = addressOf(rawTarget.split('?', 1)[0] ?? '')
      if (address === undefined || address.kind === 'browser') return null
      return { api: null, refuse: (refused) => frontRefusal(refused, address.speaker.dialect) }
    },
    verify: verifier.verify,
    ...realmVerbs(options, realms),
    async close() {
      unsubscribe()
      verifier.close()
      await Promise.all(realms.map((realm) => realm.close()))
      await Promise.all([purge.close(), lastUse.close()])
    },
  }
}

interface Found {
  readonly address: Address
  readonly query: string
}

interface AnswerOptions extends AuthorizationOptions {
  readonly refusals: Refusals
}

function createAnswer({ clock, log, failuresPerMinute = 30, authorizationUrl, ...options }: AnswerOptions) {
  const { refusals } = options
  const addressOf = options.addressOf ?? ((request: IncomingMessage) => request.socket.remoteAddress ?? '')
  const requestIds = options.requestIds ?? createRequestIds()
  const answerClient = createAnswerClient({
    clock,
    refusals,
    access: options.access,
    addressOf,
    failuresPerMinute,
    authorizationUrl,
  })
  const answerBrowser = createAnswerBrowser({ authorizationUrl, addressOf })

  const answerOrThrow = async (request: IncomingMessage, response: ServerResponse, { address, query, tell }: Told) => {
    const parameters = query === '' ? noParameters : new URLSearchParams(query)
    const read = address.kind === 'browser' ? await readBrowser(request, query) : { query: none, form: none }
    const { host = '', cookie = '' } = request.headers
    const asked = { query: parameters, host: host.toLowerCase(), cookie, form: read.form }
    const mounted = address.realm(asked)
    tell(mounted.name)
    const path = address.path(mounted)
    if (address.kind === 'browser') return answerBrowser(request, response, { ...read, mounted, path })
    if (address.kind === 'client' && request.method !== 'OPTIONS') {
      return answerClient(request, response, { mounted, path, query: parameters })
    }
    const { issuerPath } = mounted.realm
    if (address.kind === 'token') refuseTokenInQuery(parameters)
    handOver(request, { path, issuerPath, authorizationUrl, form: null, accept: 'json' })
    return mounted.answer(request, response, null)
  }

  return async (request: IncomingMessage, response: ServerResponse, found: Found): Promise<void> => {
    noteAddress(request)
    refusals.cameFrom(request, addressOf(request))
    response.setHeader('X-Request-Id', requestIds().slice(0, 32))
    let realm = ''
    const tell = (name: string) => {
      realm = name
    }
    try {
      await answerOrThrow(request, response, { ...found, tell })
    } catch (error) {
      request.resume()
      const requestId = requestIdOf(response)
      if (error instanceof OAuthRefusal) {
        const named = new URLSearchParams(found.query).get('client_id') ?? ''
        const client = options.access.record(named) === undefined ? '' : named
        const { error: code, description: reason } = error.error
        refusals.note(request, { requestId, realm, client, error: code, reason })
      } else
        log.error('authorization.fault', {
          requestId,
          realm,
          error: error instanceof Error ? error.message : String(error),
        })
      refuse(request, response, { found, refusal: error instanceof OAuthRefusal ? error : unforeseen(error) })
    }
  }
}

const none: Map<string, string> = new Map()
/** Nobody writes to it. */
const noParameters = new URLSearchParams()

/** Which realm it is for is told as soon as it is known. */
interface Told extends Found {
  readonly tell: (realm: string) => void
}

interface Refused {
  readonly found: Found
  readonly refusal: OAuthRefusal
}

/** To people a page, to programs the platform's own form of an OAuth error. */
function refuse(request: IncomingMessage, response: ServerResponse, { found, refusal }: Refused): void {
  const { error: told, status, headers } = refusal
  if (found.address.kind === 'browser') {
    const language = languageOf(request, new URLSearchParams(found.query) as ReadonlyMap<string, string>)
    const technical = `${told.error}: ${told.description}`
    const other = otherLanguageHref(request, language)
    const html = showError({ ...errorKindOf(refusal, told), language, otherLanguageHref: other, technical, response })
    sendPage(response, html, { status: status ?? told.status, headers })
    return
  }
  const said = found.address.speaker.dialect.tokenErrors(told)
  sendAnswer(response, { ...said, status: status ?? said.status }, headers)
}

function refuseTokenInQuery(query: URLSearchParams): void {
  if (!query.has('access_token')) return
  const error = { error: 'invalid_request', description: 'a token stands in the address', status: 400 }
  throw new OAuthRefusal(error, { status: 400 })
}

function unforeseen(error: unknown): OAuthRefusal {
  if (!isProblem(error) || error.status !== 503) {
    const told = { error: 'server_error', description: 'The server failed', status: 500 }
    return new OAuthRefusal(told, { status: 500 })
  }
  const told = { error: 'temporarily_unavailable', description: 'Try again in a moment', status: 503 }
  return new OAuthRefusal(told, { headers: ['Retry-After', '1'], status: 503 })
}
