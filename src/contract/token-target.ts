import type { Platform, Realm } from './platform.js'
import { standardOAuthHabits } from './oauth-habits.js'

/** Where a client of this realm asks for tokens, as it stands on the request line: `/connexion/oauth2/access_token?realm=%2Fpartenaire`. */
export function tokenTarget({ oauth = standardOAuthHabits }: Pick<Platform, 'oauth'>, realm: Realm): string {
  const [shared] = oauth.sharedTokenPaths
  return shared === undefined
    ? `${realm.issuerPath}${oauth.tokenPath}`
    : `${shared}?${oauth.realmParameter}=${encodeURIComponent(`/${realm.name}`)}`
}
