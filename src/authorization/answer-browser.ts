import type { IncomingMessage, ServerResponse } from 'node:http'
import { pageHeaders } from '#theme'
import type { BrowserRequest } from './browser-request.js'
import { handOver } from './hand-over.js'
import { keepLanguage, languageOf, otherLanguageHref } from './language-of.js'
import { atOwnOrigin } from './own-origin.js'
import { writeForm } from './parse-form.js'
import { ignoredScopes } from './requested-scopes.js'
import { responseModes } from './response-modes.js'
import { sendAway, type Visit } from './sign-in/visit.js'

export interface AnswerBrowserOptions {
  readonly authorizationUrl: string
  /** Who calls, before a proxy's headers are taken away. */
  readonly addressOf: (request: IncomingMessage) => string
}

/** Answers what browsers ask of a realm: our own pages, or the library. */
export function createAnswerBrowser({ authorizationUrl, addressOf }: AnswerBrowserOptions) {
  const secure = authorizationUrl.startsWith('https:')
  return async (request: IncomingMessage, response: ServerResponse, asked: BrowserRequest): Promise<void> => {
    const { mounted, path, query, form } = asked
    const { issuerPath } = mounted.realm
    const own = { issuerPath, authorizationUrl, accept: 'html', path } as const
    const method = request.method === 'POST' ? 'POST' : 'GET'
    const ownOrigin = atOwnOrigin(request, asked, authorizationUrl)
    if (ownOrigin !== null) return sendAway(response, ownOrigin)
    const language = languageOf(request, query)
    keepLanguage(response, query, secure)
    const other = otherLanguageHref(request, language)
    const links = other === undefined ? {} : { otherLanguageHref: other }
    const address = addressOf(request)
    const visit: Visit = { request, response, path, method, query, form, language, address, ...links }
    if (mounted.visits !== null && path === '/consents' && query.has('code'))
      return sendAway(response, `${issuerPath}/consents`)
    handOver(request, { ...own, form: null })
    const visited = mounted.visits?.handle(visit) ?? false
    if (visited !== false) return visited
    for (const [name, value] of Object.entries(pageHeaders())) response.setHeader(name, value)
    if (path === '/session/end/confirm') handOver(request, { ...own, form: writeForm(form) })
    else {
      // Posted or not, the library takes a request of a browser from its query (OpenID Connect Core, section 3.1.2.1).
      request.method = 'GET'
      handOver(request, { ...own, query: writeForm(forLibrary(asked)), form: null })
    }
    return mounted.answer(request, response, null)
  }
}

/** The parameters under the names and with the scopes that the library knows. */
function forLibrary({ mounted, path, query, form }: BrowserRequest): Map<string, string> {
  const { habits } = mounted
  const parameters = new Map([...query, ...form])
  parameters.delete(habits.realmParameter)
  for (const name of path === '/session/end' ? (habits.signIn?.logoutParameters ?? []) : []) {
    const value = parameters.get(name)
    if (value !== undefined && !parameters.has('post_logout_redirect_uri')) {
      parameters.set('post_logout_redirect_uri', value)
    }
  }
  // Of form_post the library knows enough to answer by a page that only a script sends on: to it that mode is unknown as any other.
  const mode = parameters.get('response_mode')
  if (mode !== undefined && !responseModes.some((each) => each === mode)) parameters.set('response_mode', 'unknown')
  const scope = parameters.get('scope')
  if (scope !== undefined) {
    const ignored = ignoredScopes(habits, parameters.get('client_id') ?? '')
    parameters.set(
      'scope',
      scope
        .split(' ')
        .filter((each) => each !== '' && !ignored.has(each))
        .join(' '),
    )
  }
  return parameters
}
