import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import { type Realm, type SignInHabits, standardSignInHabits } from '#contract'
import { errors } from '../oidc-provider.js'
import { knownClaims } from './known-claims.js'
import { createLoadGrant, type LoadGrantOptions } from './load-grant.js'
import type { People } from './people.js'
import { signInOf } from './scope-meaning.js'
import { signInPolicy } from './sign-in-policy.js'

export interface SignInConfigurationOptions extends LoadGrantOptions {
  readonly realm: Realm
  readonly habits: SignInHabits | undefined
  readonly people: People
  /** Levels of assurance that a sign-in elsewhere proves here. */
  readonly acrValues: readonly string[]
  readonly renderError: NonNullable<Configuration['renderError']>
  readonly renderSignOut: (ctx: KoaContextWithOIDC) => void
  readonly renderSignedOut: (ctx: KoaContextWithOIDC) => void
}

/** What a realm where people sign in has beside the others, as the library reads it. */
export function signInConfiguration(options: SignInConfigurationOptions) {
  const { realm, people, habits = standardSignInHabits } = options
  const { sessionSeconds, claims } = signInOf(realm)
  const refreshes = realm.flows.includes('refresh_token')
  return {
    claims: Object.fromEntries(Object.entries(claims).map(([scope, names]) => [scope, [...names]])),
    scopes: [...options.meaning.identity],
    acrValues: [...options.acrValues],
    responseTypes: ['code'],
    pkce: { required: (_, client) => client.clientAuthMethod === 'none' || habits.pkce === 'always' },
    async findAccount(ctx, sub) {
      const person = await people.find(sub, ctx.oidc?.client?.clientId)
      return person && { accountId: sub, claims: () => knownClaims(realm, person) }
    },
    loadExistingGrant: createLoadGrant(options),
    interactions: {
      policy: signInPolicy(people),
      url: (_, interaction) => `${realm.issuerPath}/interaction/${interaction.uid}`,
    },
    // Sessions end and tokens do not: only signing out ends both (see `end-with-session.ts`).
    expiresWithSession: () => false,
    issueRefreshToken: (_, client) => refreshes && client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    renderError: options.renderError,
    ttl: {
      AccessToken: realm.accessTokenSeconds,
      AuthorizationCode: realm.codeSeconds,
      IdToken: realm.idTokenSeconds,
      // A rotated token has what was left of the one before (ASVS 5.0 V10.4.8).
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? realm.refreshTokenSeconds,
      // It ends that long after its sign-in, however often the person comes back (ASVS 5.0 V7.3.2).
      Session: (ctx, session) => secondsLeft(ctx, session.exp) ?? sessionSeconds,
      Interaction: 1800,
      Grant: sessionSeconds + realm.refreshTokenSeconds + realm.accessTokenSeconds,
    },
    features: {
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: options.renderSignOut,
        postLogoutSuccessSource: options.renderSignedOut,
      },
      userinfo: { enabled: true },
    },
  } satisfies Configuration
}

/** Of a session that goes on; undefined: somebody has signed in. Not by `loginTs`, which is when they proved who they are, here or elsewhere. */
const secondsLeft = ({ oidc }: KoaContextWithOIDC, exp: number | undefined): number | undefined =>
  exp === undefined || oidc.result?.login !== undefined ? undefined : Math.max(1, exp - Math.floor(Date.now() / 1000))

/** Public applications send `state` where the platform wants it. Throws InvalidRequest. */
export function checkState(ctx: KoaContextWithOIDC, habits: SignInHabits = standardSignInHabits): void {
  const { client, params } = ctx.oidc
  if (habits.state !== 'public' || client?.clientAuthMethod !== 'none' || params?.state !== undefined) return
  throw new errors.InvalidRequest('missing required parameter: state')
}
