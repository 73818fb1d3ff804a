import { z } from 'zod'
import { type OAuthHabits, standardOAuthHabits as standard } from '../oauth-habits.js'

const path = z.string().regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'not an absolute path without a slash at its end')

/** `oauth` of `platform.yaml`: where its OAuth endpoints and identifiers differ from the standard. */
export const oauthShape = z
  .strictObject({
    token_path: path.default(standard.tokenPath).describe("Path of the token endpoint under each realm's issuer."),
    shared_token_paths: z
      .array(path)
      .default([])
      .describe(
        'Token addresses of all realms together, e.g. `/connexion/oauth2/access_token`; the query names the realm.',
      ),
    realm_parameter: z
      .string()
      .min(1)
      .default(standard.realmParameter)
      .describe('Parameter of the query that names the realm at a shared address.'),
    client_authentication: z
      .array(z.enum(['client_secret_basic', 'client_secret_post']))
      .min(1)
      .default([...standard.clientAuthentication])
      .describe('How a client may prove who it is: client_secret_basic, client_secret_post.'),
    ignored_scopes: z
      .array(z.string().min(1))
      .default([])
      .describe(
        "Scopes accepted and dropped; `{client_id}` stands for the caller's own, e.g. `application_{client_id}`.",
      ),
    missing_scope: z
      .enum(['all', 'refused'])
      .default(standard.missingScope)
      .describe('A request without scope gets every scope subscribed to (`all`), or is refused (`refused`).'),
    client_id: z
      .string()
      .regex(/^[\w.-]*(\{(id|hex|name)\}[\w.-]*)+$/, 'letters, digits and {id}, {hex} or {name}')
      .refine((form) => /\{(id|hex)\}/.test(form), 'needs a random part: {id} or {hex}')
      .default(standard.clientId)
      .describe('Form of client identifiers: `{id}` or `{hex}` is random, `{name}` the name of the application.'),
    secret: z
      .enum(['base64url', 'hex'])
      .default(standard.secret)
      .describe('Alphabet of client secrets: base64url, hex.'),
  })
  .describe('OAuth habits of the platform; the standard ones unless told otherwise.')

export const oauthHabitsOf = (settings: z.infer<typeof oauthShape>): OAuthHabits => ({
  tokenPath: settings.token_path,
  sharedTokenPaths: settings.shared_token_paths,
  realmParameter: settings.realm_parameter,
  clientAuthentication: settings.client_authentication,
  ignoredScopes: settings.ignored_scopes,
  missingScope: settings.missing_scope,
  clientId: settings.client_id,
  secret: settings.secret,
})
