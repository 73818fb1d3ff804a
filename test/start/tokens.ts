import assert from 'node:assert/strict'
import type { DevApplication } from './dev-file.js'
import type { Portique } from './portique.js'

type Credentials = Pick<DevApplication, 'client_id' | 'client_secret'>

/** Where an application asks for a platform's tokens, behind its address; those of API Particulier are given to it. */
export const tokenPaths = {
  'france-travail': '/connexion/oauth2/access_token?realm=%2Fpartenaire',
  demo: '/connexion/demo/demo/token',
} as const

/** The demo application of a platform. */
export function demoApplication(
  { dev }: Pick<Portique, 'dev'>,
  platform: keyof typeof tokenPaths | 'api-particulier',
  environment: 'production' | 'sandbox' = 'production',
): DevApplication {
  const found = dev.applications.find((each) => each.platform === platform && each.environment === environment)
  assert.ok(found, `dev.json names no application of ${platform} in ${environment}`)
  return found
}

/** A request of the token endpoint by the client credentials grant (RFC 6749 section 4.4). */
export function askToken(address: string, { client_id, client_secret }: Credentials, scope: string): Promise<Response> {
  const form = { grant_type: 'client_credentials', client_id, client_secret: client_secret ?? '', scope }
  return fetch(address, { method: 'POST', body: new URLSearchParams(form) })
}

/** The access token itself; fails when none is given. */
export async function tokenOf(address: string, credentials: Credentials, scope: string): Promise<string> {
  const answer = await askToken(address, credentials, scope)
  const body: { access_token?: string } = JSON.parse(await answer.text())
  assert.equal(answer.status, 200, JSON.stringify(body))
  assert.ok(body.access_token)
  return body.access_token
}

/** A token of a platform's demo application. */
export function demoToken(portique: Portique, platform: keyof typeof tokenPaths, scope: string): Promise<string> {
  return tokenOf(`${portique.url}${tokenPaths[platform]}`, demoApplication(portique, platform), scope)
}

export const bearer = (token: string): { readonly authorization: string } => ({ authorization: `Bearer ${token}` })
