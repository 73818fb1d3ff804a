import type { IncomingMessage } from 'node:http'
import { invalidRequest, OAuthRefusal } from './oauth-refusal.js'
import { checkLengths } from './parameter-length.js'
import { parseForm } from './parse-form.js'
import { readBody } from './read-body.js'
import type { MountedRealm } from './realm.js'

/** Parameters of the two places of a request. */
export interface BrowserParameters {
  readonly query: Map<string, string>
  readonly form: Map<string, string>
}

/** Reads what a browser sent. Throws OAuthRefusal for what is repeated, too long or no UTF-8. */
export async function readBrowser(request: IncomingMessage, rawQuery: string): Promise<BrowserParameters> {
  if (request.method !== 'GET' && request.method !== 'POST') throw methodNotAllowed()
  const query = parseForm(Buffer.from(rawQuery, 'latin1'))
  const form = request.method === 'POST' ? parseForm(await readBody(request)) : new Map<string, string>()
  checkLengths(query, form)
  if ([...form.keys()].some((name) => query.has(name))) throw invalidRequest('a parameter is repeated')
  return { query, form }
}

export interface BrowserRequest extends BrowserParameters {
  readonly mounted: MountedRealm
  /** Path under the realm's issuer. */
  readonly path: string
}

function methodNotAllowed() {
  const error = { error: 'invalid_request', description: 'only GET and POST are allowed here', status: 405 }
  return new OAuthRefusal(error, { headers: ['Allow', 'GET, POST'], status: 405 })
}
