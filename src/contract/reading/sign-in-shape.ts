import { z } from 'zod'
import {
  type RealmSignIn,
  type SignInHabits,
  standardClaims,
  standardRealmSignIn,
  standardSignInHabits,
} from '../sign-in-habits.js'
import { textShape } from './text-shape.js'

const path = z.string().regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'not an absolute path without a slash at its end')
const paths = z.array(path).default([])
const usual = standardSignInHabits

const pathsShape = z
  .strictObject({
    authorize: paths.describe('Authorization endpoint.'),
    jwks: paths.describe('Public keys (RFC 7517).'),
    discovery: paths.describe('Discovery document.'),
    userinfo: paths.describe('Userinfo endpoint.'),
    end_session: paths.describe('Where an application sends people to sign out.'),
    consents: paths.describe('Page where people see and withdraw their consents.'),
  })
  .prefault({})

/** `oauth.sign_in` of `platform.yaml`. */
export const signInHabitsShape = z
  .strictObject({
    authorize_path: path
      .default(usual.authorizePath)
      .describe("Path of the authorization endpoint under each realm's issuer, e.g. `/authorize`."),
    shared_paths: pathsShape.describe('Addresses that all realms share; the query or the host names the realm.'),
    answer_extras: z
      .array(z.enum(['scope', 'client_id']))
      .default([])
      .describe('What stands in a successful redirect beside code, state and iss: scope, client_id.'),
    cancelled: z
      .enum(['error', 'state'])
      .default(usual.cancelled)
      .describe('Who leaves the sign-in page goes back with an `error`, or with nothing but `state`.'),
    pkce: z.enum(['always', 'public']).default(usual.pkce).describe('Who must use PKCE: always, or public ones alone.'),
    state: z
      .enum(['optional', 'public'])
      .default(usual.state)
      .describe('Who must send `state`: nobody, or public applications.'),
    logout_parameters: z
      .array(z.string().min(1))
      .default([])
      .describe('Other names of `post_logout_redirect_uri`, e.g. redirect_uri.'),
    redirect_status: z
      .union([z.literal(302), z.literal(303)])
      .default(usual.redirectStatus)
      .describe('Status of the redirect back to the application: 302 or 303.'),
  })
  .describe('How signing in looks; as the standards say unless told otherwise.')

export const signInHabitsOf = (settings: z.infer<typeof signInHabitsShape>): SignInHabits => ({
  authorizePath: settings.authorize_path,
  sharedPaths: settings.shared_paths,
  answerExtras: settings.answer_extras,
  cancelled: settings.cancelled,
  pkce: settings.pkce,
  state: settings.state,
  logoutParameters: settings.logout_parameters,
  redirectStatus: settings.redirect_status,
})

/** `sign_in` of a realm. */
export const realmSignInShape = z
  .strictObject({
    title: textShape.optional().describe('Who signs in here, for them to read.'),
    paths: pathsShape.describe('Addresses of this realm alone, beside those under its issuer.'),
    session_seconds: z
      .int()
      .min(60)
      .max(30 * 86_400)
      .default(standardRealmSignIn.sessionSeconds)
      .describe('How long a browser stays signed in after the sign-in, in seconds.'),
    claims: z
      .record(z.string(), z.array(z.string().min(1)))
      .optional()
      .describe('Claims by scope, e.g. `{ openid: [sub], email: [email] }`.'),
    subject_claims: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Claims that say the subject once more, e.g. `[idIdentiteExterne]`; `claims` names the scopes that show them.',
      ),
    consent: z
      .boolean()
      .default(true)
      .describe('People are asked before an application sees their data; false where their employer decides for them.'),
    accounts: z.boolean().default(false).describe('The realm keeps accounts with passwords of its own.'),
    upstream: z
      .strictObject({
        scope: z.string().default('openid profile email').describe('Scopes asked there.'),
        acr_values: z.string().nullable().default(null).describe('Level of assurance asked there, e.g. `eidas1`.'),
        claims: z
          .record(z.string(), z.string())
          .default({ given_name: 'given_name', family_name: 'family_name', email: 'email' })
          .describe('Our claims by name, each with the name it has there.'),
      })
      .nullable()
      .default(null)
      .describe('An OpenID Provider to which people are sent to sign in, where the deployer names one.'),
  })
  .describe('How people sign in: `{ session_seconds: 28800 }`.')

export const realmSignInOf = (settings: z.infer<typeof realmSignInShape>): RealmSignIn => ({
  title: settings.title ?? null,
  paths: settings.paths,
  sessionSeconds: settings.session_seconds,
  claims: settings.claims ?? standardClaims,
  subjectClaims: settings.subject_claims,
  consent: settings.consent,
  accounts: settings.accounts,
  upstream:
    settings.upstream === null
      ? null
      : {
          scope: settings.upstream.scope,
          acrValues: settings.upstream.acr_values,
          claims: settings.upstream.claims,
        },
})
