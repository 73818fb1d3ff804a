import { type Browser, createBrowser } from '../test/sign-in/browser.js'
import { signIn } from '../test/sign-in/people.js'
import type { DevFile } from './dev-file.js'
import type { BenchClient } from './peers/bare-oidc-provider.js'

/** The token endpoint where people sign in, and refresh tokens of one who has. */
export type PortiquePeople = {
  readonly tokenUrl: string
  readonly client: BenchClient
  refreshTokens(count: number): Promise<readonly string[]>
}

const persona = 'angela-martin'
const scope = 'openid api_peconnect-individuv1'
const redirectUri = 'http://127.0.0.1:8000/callback'

/** A persona signs in once as in a browser; each refresh token then comes from a code of its own. */
export function portiquePeople({ url, applications }: DevFile): PortiquePeople {
  const application = applications.find(
    (row) => row.platform === 'france-travail' && row.environment === 'production' && row.client_secret !== null,
  )
  if (typeof application?.client_secret !== 'string') throw new Error('dev.json names no application of france-travail')
  const client = { clientId: application.client_id, clientSecret: application.client_secret, scope }
  const tokenUrl = `${url}/connexion/oauth2/access_token?realm=%2Findividu`
  const authorize = new URL(`${url}/connexion/oauth2/authorize?realm=%2Findividu`)
  const asked = { response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri, scope, state: 'bench' }
  for (const [name, value] of Object.entries(asked)) authorize.searchParams.set(name, value)
  let signedIn: Promise<Browser> | undefined

  const refreshToken = async (browser: Browser): Promise<string> => {
    const code = (await browser.go(authorize)).location?.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
    const body = new URLSearchParams({ ...form, client_id: client.clientId, client_secret: client.clientSecret })
    const { refresh_token: token } = JSON.parse(await (await fetch(tokenUrl, { method: 'POST', body })).text())
    if (typeof token !== 'string') throw new Error('Portique gave no refresh token')
    return token
  }

  return {
    tokenUrl,
    client,
    async refreshTokens(count) {
      signedIn ??= signIn(authorize, persona, createBrowser(url)).then(({ browser }) => browser)
      const browser = await signedIn
      return Promise.all(Array.from({ length: count }, () => refreshToken(browser)))
    },
  }
}
