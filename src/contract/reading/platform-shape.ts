import { z } from 'zod'
import { dialectNames } from '../dialect.js'
import { oauthShape } from './oauth-shape.js'
import { realmSignInShape } from './sign-in-shape.js'
import { textShape } from './text-shape.js'
import { tokensShape } from './tokens-shape.js'
import { tourShape } from './tour-shape.js'

const day = 86_400
const seconds = (most: number) => z.number().int().min(1).max(most)
const hostName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'not a host name in lower case')
  .describe('Host name in lower case, with a port where it is not the usual one, e.g. `api.exemple.fr`.')
const environmentShape = z
  .strictObject({
    hosts: z
      .strictObject({
        authorization: z.array(hostName).default([]).describe('Host names of the authorization server.'),
        api: z.array(hostName).default([]).describe('Host names of the gateway.'),
      })
      .prefault({})
      .describe('`{ authorization: [host], api: [host] }`'),
  })
  .prefault({})

const realmShape = z
  .strictObject({
    aliases: z.array(z.string().min(1)).default([]).describe('Other names by which callers mean this realm.'),
    flows: z
      .array(z.enum(['client_credentials', 'authorization_code', 'refresh_token']))
      .min(1)
      .describe('OAuth grants that the realm answers: client_credentials, authorization_code, refresh_token.'),
    access_token_seconds: seconds(day).default(1500).describe('Lifetime of an access token, in seconds.'),
    expires_in_shown: seconds(day)
      .optional()
      .describe('What `expires_in` says, in seconds; the true lifetime unless told otherwise.'),
    code_seconds: seconds(600)
      .default(60)
      .describe('Lifetime of an authorization code, in seconds (at most 600: RFC 6749 section 4.1.2).'),
    id_token_seconds: seconds(day).default(9000).describe('Lifetime of an ID token, in seconds.'),
    refresh_token_seconds: seconds(400 * day)
      .default(42 * day)
      .describe('Lifetime of a refresh token, in seconds.'),
    issuer_path: z
      .string()
      .regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'not an absolute path without a slash at its end')
      .optional()
      .describe(
        'Path of the issuer; `/connexion/<platform>/<realm>` unless told otherwise. No API may take an address of the realm.',
      ),
    hosts: z
      .array(hostName)
      .default([])
      .describe("Which of the platform's authorization hosts serve this realm; none: any of them."),
    sign_in: realmSignInShape.prefault({}),
  })
  .describe('A realm: `{ flows: [client_credentials], access_token_seconds: 1500 }`.')

/** `platform.yaml` */
export const platformShape = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'not lower-case letters, digits and hyphens')
      .describe("The folder's name: lower-case letters, digits, hyphens."),
    title: textShape,
    dialect: z
      .enum(dialectNames)
      .default('standard')
      .describe(`How it looks on the wire: ${dialectNames.join(', ')}.`),
    environments: z
      .strictObject({
        production: environmentShape.describe('Addresses of production.'),
        sandbox: environmentShape.describe('Addresses of the sandbox.'),
      })
      .prefault({})
      .describe('Host names an environment; without any, the path and the credential decide.'),
    realms: z
      .record(
        z.string().regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 'not lower-case letters, digits and hyphens'),
        realmShape,
      )
      .refine((realms) => Object.keys(realms).length > 0, 'no realm is declared')
      .describe('Realms by name, one at least.'),
    oauth: oauthShape.prefault({}),
    path: z.string().describe('Path shape of its APIs, e.g. `/demo/{api}/v{version}/{resource*}`.'),
    gone: z
      .array(
        z.strictObject({
          path: z.string().describe('The address, e.g. `/api/caf/famille`; all that lies under it is gone too.'),
          text: textShape,
        }),
      )
      .default([])
      .describe(
        'Addresses that were an API’s and are none any more: they answer 410 with the text, before any API of the same address.',
      ),
    sandbox_scope: z
      .strictObject({
        from: z.string().min(1).describe('How technical scopes begin in production, e.g. `api_`.'),
        to: z.string().min(1).describe('How they begin in the sandbox, e.g. `api_test`.'),
      })
      .nullable()
      .default(null)
      .describe('How a technical scope is spelled in the sandbox: `{ from: api_, to: api_test }`.'),
    cases: z
      .strictObject({
        match: z
          .enum(['agree', 'exact'])
          .default('agree')
          .describe(
            '`agree`: a case answers when each of its parameters agrees. `exact`: when the call has its parameters and no other, whatever their case; the case in `404.yaml` answers the rest.',
          ),
        ignored: z.array(z.string().min(1)).default([]).describe('Parameters that do not count for `exact`.'),
        verbatim: z
          .boolean()
          .default(false)
          .describe(
            'Whether the sandbox answers with cases as they are written, though production would not: no scope shapes them, and their own parameters, the ignored aside, are not held against the contract: true or false. It changes nothing in production.',
          ),
      })
      .prefault({})
      .describe('How the sandbox looks for a case: `{ match: exact, ignored: [recipient] }`.'),
    parameters: z
      .strictObject({
        checked: z
          .boolean()
          .default(false)
          .describe(
            'Whether the gateway holds the parameters of a call against the contract, each given once at most, before anyone answers, in production and in the sandbox: true or false.',
          ),
      })
      .prefault({})
      .describe('What the gateway checks of parameters: `{ checked: true }`.'),
    tokens: tokensShape,
    in_flight: z
      .enum(['allow', 'refuse_identical'])
      .default('allow')
      .describe(
        '`refuse_identical`: a call is refused (409) while one of the same token for the same operation and parameters is under way.',
      ),
    tour: tourShape,
  })
  .describe('A platform: realms, addresses, path shape and dialect.')

export type PlatformSettings = z.infer<typeof platformShape>
