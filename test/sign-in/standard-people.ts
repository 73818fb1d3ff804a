import { type Platform, standardOAuthHabits, standardRealmSignIn } from '#contract'
import { examplePlatform } from '../example/catalog.js'

export const issuerPath = '/connexion/plain/people'
/** A platform that follows the standards, with one realm where people sign in. */
export const standardPeople: Platform = {
  ...examplePlatform('plain', null, standardOAuthHabits),
  realms: [
    {
      name: 'people',
      aliases: [],
      flows: ['authorization_code', 'refresh_token'],
      accessTokenSeconds: 1500,
      expiresInShown: 1500,
      codeSeconds: 60,
      idTokenSeconds: 9000,
      refreshTokenSeconds: 10_000,
      issuerPath,
      signIn: {
        ...standardRealmSignIn,
        accounts: true,
        upstream: {
          scope: 'openid profile email',
          acrValues: null,
          claims: { given_name: 'given_name', email: 'email' },
        },
      },
    },
  ],
}
