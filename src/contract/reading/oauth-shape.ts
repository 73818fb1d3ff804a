import { z } from 'zod'
import { type OAuthHabits, standardOAuthHabits } from '../oauth-habits.js'
import { signInHabitsOf, signInHabitsShape } from './sign-in-shape.js'

const path = z.string().regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'not an absolute path without a slash at its end')
const usual = standardOAuthHabits

/** `oauth` of `platform.yaml`: how its OAuth endpoints look, each key as the standards say unless told otherwise. */
export const oauthShape = z
  .strictObject({
    token_path: path
      .default(usual.tokenPath)
      .describe("Path of the token endpoint under each realm's issuer, e.g. `/token`."),
    shared_token_paths: z
      .array(path)
      .default([])
      .describe('Token addresses that all realms share; the query names the realm.'),
    realm_parameter: z
      .string()
      .min(1)
      .default(usual.realmParameter)
      .describe('Parameter of the query that names the realm on shared addresses.'),
    client_authentication: z
      .array(z.enum(['client_secret_basic', 'client_secret_post']))
      .min(1)
      .default([...usual.clientAuthentication])
      .describe('Ways a client proves who it is: client_secret_basic, client_secret_post.'),
    ignored_scopes: z
      .array(z.string().min(1))
      .default([])
      .describe("Scopes that are accepted and dropped; `{client_id}` stands for the caller's own."),
    missing_scope: z
      .enum(['all', 'refused'])
      .default(usual.missingScope)
      .describe('A request without scope gets `all` scopes subscribed to, or is `refused`.'),
    client_id: z
      .string()
      .regex(/^[A-Za-z0-9_.-]*\{(id|hex|name)\}[A-Za-z0-9_.{}-]*$/, 'without {id}, {hex} or {name}')
      .refine((form) => /\{(id|hex)\}/.test(form), 'without anything random: {id} or {hex}')
      .default(usual.clientId)
      .describe('Form of client identifiers: `{id}`, `{hex}` and `{name}` are filled in, e.g. `cli_{id}`.'),
    secret: z
      .enum(['base64url', 'hex'])
      .default(usual.secret)
      .describe('Alphabet of client secrets: base64url or hex.'),
    sign_in: signInHabitsShape.prefault({}),
  })
  .describe('How the OAuth endpoints look; as the standards say unless told otherwise.')

export const oauthHabitsOf = (settings: z.infer<typeof oauthShape>): OAuthHabits => ({
  tokenPath: settings.token_path,
  sharedTokenPaths: settings.shared_token_paths,
  realmParameter: settings.realm_parameter,
  clientAuthentication: settings.client_authentication,
  ignoredScopes: settings.ignored_scopes,
  missingScope: settings.missing_scope,
  clientId: settings.client_id,
  secret: settings.secret,
  signIn: signInHabitsOf(settings.sign_in),
})
