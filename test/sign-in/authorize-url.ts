import type { Portique } from '../start/portique.js'
import { applicationOf, redirectUri } from './people.js'

/** What it asks for unless told otherwise. */
export const scope = 'openid api_peconnect-coordonneesv1 coordonnees'

/** An authorization address written by hand, as a script would. */
export function authorizeUrl(portique: Portique, parameters: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${portique.url}/connexion/oauth2/authorize?realm=%2Findividu`)
  const usual = {
    response_type: 'code',
    client_id: applicationOf(portique, 'private').client_id,
    redirect_uri: redirectUri,
    scope,
    state: 'kept-state',
    nonce: 'kept-nonce',
  }
  for (const [name, value] of Object.entries({ ...usual, ...parameters })) url.searchParams.set(name, value)
  return url
}
