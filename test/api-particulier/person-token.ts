import * as openid from 'openid-client'
import type { Environment } from '#contract'
import { redirectUri, signIn } from '../sign-in/people.js'
import type { Portique } from '../start/portique.js'
import { demoApplication } from '../start/tokens.js'

/** The access token that an application gets when a person signs in to it and agrees. */
export async function personToken(
  portique: Portique,
  persona: string,
  scope: string,
  environment: Environment = 'sandbox',
): Promise<string> {
  const { client_id, client_secret } = demoApplication(portique, 'api-particulier', environment)
  const configuration = await openid.discovery(
    new URL(`${portique.url}/connexion/api-particulier/france-connect`),
    client_id,
    undefined,
    openid.ClientSecretPost(client_secret ?? ''),
    { execute: [openid.allowInsecureRequests] },
  )
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const start = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: `openid ${scope}`,
    state,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const { callback } = await signIn(start, persona)
  const tokens = await openid.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    idTokenExpected: true,
  })
  return tokens.access_token
}
