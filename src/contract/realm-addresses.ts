import { standardOAuthHabits } from './oauth-habits.js'
import type { Platform, Realm } from './platform.js'
import { standardSignInHabits } from './sign-in-habits.js'

/** Where a realm answers under its issuer, whatever its platform's habits. */
export const realmPaths = {
  introspect: '/introspect',
  revoke: '/revoke',
  jwks: '/jwks',
  openid: '/.well-known/openid-configuration',
  oauth: '/.well-known/oauth-authorization-server',
} as const

/** The same where people sign in. */
export const signInPaths = {
  par: '/par',
  userinfo: '/userinfo',
  endSession: '/session/end',
  endSessionConfirm: '/session/end/confirm',
  endSessionSuccess: '/session/end/success',
  consents: '/consents',
  withdraw: '/consents/withdraw',
  callback: '/upstream/callback',
  signedOut: '/upstream/signed-out',
  interaction: '/interaction',
} as const

/** Every address of a realm, those that it shares with the others of its platform among them. */
export function realmAddresses(
  { oauth = standardOAuthHabits }: Pick<Platform, 'oauth'>,
  realm: Realm,
): readonly string[] {
  const { issuerPath, flows, signIn } = realm
  const own = [oauth.tokenPath, ...Object.values(realmPaths)]
  const common = [...oauth.sharedTokenPaths, `${realmPaths.oauth}${issuerPath}`]
  const under = (paths: readonly string[]) => paths.map((path) => `${issuerPath}${path}`)
  if (!flows.includes('authorization_code')) return [...under(own), ...common]
  const { authorizePath, sharedPaths } = oauth.signIn ?? standardSignInHabits
  return [
    ...under([...own, authorizePath, ...Object.values(signInPaths)]),
    ...common,
    ...[sharedPaths, signIn?.paths ?? {}].flatMap((paths) => Object.values(paths).flat()),
  ]
}
