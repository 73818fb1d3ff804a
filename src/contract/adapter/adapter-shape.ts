import { z } from 'zod'
import { namedProviderShape } from '../reading/named-provider-shape.js'
import type { DayBound } from './adapter.js'
import { conversions } from './conversion.js'
import { dayFormats } from './dates.js'
import { pointerSteps } from './json-pointer.js'
import { providerOutcomes } from './provider-outcome.js'

const forbidden = new Set(['__proto__', 'prototype', 'constructor'])
const pointer = z
  .string()
  .refine((text) => pointerSteps(text) !== null, 'not a JSON Pointer (RFC 6901)')
  .refine((text) => pointerSteps(text)?.some((step) => forbidden.has(step)) !== true, 'a name that no object may have')
const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header name')
  .refine(
    (name) => !/^(host|connection|content-length|transfer-encoding|authorization|cookie|te|upgrade)$/i.test(name),
    'a header that is not the adapter’s to write',
  )
const secretName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'not a name of a secret: small letters, digits and "_"')
  .describe('Name of a secret in the file of PORTIQUE_PROVIDER_SECRETS; never the secret itself.')
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

const conversion = z
  .union([z.string(), z.record(z.string(), z.json())])
  .describe(`A conversion: ${Object.keys(conversions).join(', ')}.`)

const test = {
  at: pointer.describe('Pointer into the body of the provider.'),
  equals: scalar.optional().describe('The value that stands there.'),
  in: z.array(scalar).min(1).optional().describe('The values of which one stands there.'),
  before: z
    .strictObject({
      day: z.iso.date().describe('The first day of which it no longer holds: `2010-01-01`.'),
      format: z.enum(dayFormats).describe('How the provider writes the date.'),
    })
    .optional()
    .describe('A date stands there, before a day. Nothing, or null, is before none; no date is an unknown answer.'),
}

interface TestSettings {
  readonly at: string
  readonly equals?: z.infer<typeof scalar> | undefined
  readonly in?: readonly z.infer<typeof scalar>[] | undefined
  readonly before?: DayBound | undefined
}

const oneCondition = '`at` goes with one of `equals`, `in` and `before`'

function isWholeTest({
  at,
  equals,
  in: among,
  before,
}: { readonly [key in keyof TestSettings]?: TestSettings[key] | undefined }): boolean {
  const conditions = [equals, among, before].filter((one) => one !== undefined).length
  return conditions === (at === undefined ? 0 : 1)
}

type ConversionSettings = z.infer<typeof conversion>

interface PairSettings {
  readonly from?: string | readonly string[] | undefined
  readonly value?: z.core.util.JSONType | undefined
  readonly to: string
  readonly convert?: ConversionSettings | readonly ConversionSettings[] | undefined
  readonly required?: boolean | undefined
  readonly each?: readonly PairSettings[] | undefined
  readonly map?: readonly PairSettings[] | undefined
  readonly where?: TestSettings | undefined
}

const pairShape: z.ZodType<PairSettings> = z.lazy(() =>
  z
    .strictObject({
      from: z
        .union([pointer, z.array(pointer).min(1)])
        .optional()
        .describe('Where the value stands: a JSON Pointer, or a list of them whose values make a list.'),
      value: z.json().optional().describe('A constant, in place of `from`.'),
      to: pointer.describe('Where it is written: a JSON Pointer.'),
      convert: z
        .union([conversion, z.array(conversion)])
        .optional()
        .describe('Conversions, one or a list of them, in order.'),
      required: z
        .boolean()
        .optional()
        .describe(
          'true: where nothing stands at `from`, or null, the provider’s answer is not understood (or the call refused).',
        ),
      each: z.array(pairShape).min(1).optional().describe('Pairs of each item of a list.'),
      map: z
        .array(pairShape)
        .min(1)
        .optional()
        .describe('Pairs of an object; where it is null or absent, so is the target.'),
      where: z
        .strictObject(test)
        .refine(isWholeTest, oneCondition)
        .optional()
        .describe('Items of the list that are taken: `{ at: /role, equals: ENF }`.'),
    })
    .refine((pair) => (pair.from === undefined) !== (pair.value === undefined), 'neither or both of `from` and `value`')
    .refine((pair) => pair.each === undefined || pair.map === undefined, '`each` is for a list, `map` for an object')
    .refine((pair) => pair.where === undefined || pair.each !== undefined, '`where` goes with `each`')
    .refine((pair) => pair.required !== true || typeof pair.from === 'string', '`required` goes with one `from`')
    .describe('A pair: `{ from: /pointer, to: /pointer, convert: upper }`.'),
)

const errorShape = z
  .strictObject({
    status: z
      .union([z.int().min(100).max(599), z.string(), z.array(z.union([z.int().min(100).max(599), z.string()])).min(1)])
      .refine(
        (given) => (Array.isArray(given) ? given : [given]).every((one) => /^[1-5](\d\d|XX)$/.test(String(one))),
        'neither a status nor a class such as 5XX',
      )
      .describe('Status of the provider, or several: `404`, `5XX`, `[400, 422]`.'),
    ...test,
    at: test.at.optional(),
    is: z.enum(providerOutcomes).describe(`What it means: ${providerOutcomes.join(', ')}.`),
    provider: namedProviderShape
      .optional()
      .describe('Who says so, where several stand behind one API: `{ code: "23", name: CNAF }`.'),
  })
  .refine(isWholeTest, oneCondition)
  .describe('What an answer of the provider means: `{ status: 200, at: /code, equals: "40", is: not_found }`.')

const successStatus = z.int().min(200).max(299)

const successShape = z
  .strictObject({
    status: z
      .union([successStatus, z.array(successStatus).min(1)])
      .default(200)
      .describe('Status of the provider, or several: `200`, `[200, 206]`.'),
    ...test,
    at: test.at.optional(),
  })
  .refine(isWholeTest, oneCondition)
  .default({ status: 200 })
  .describe('Which answers are data: `{ at: /code, equals: "00" }`. What neither this nor `errors` names is unknown.')

const requestShape = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET').describe('Method of the provider.'),
    path: z
      .string()
      .regex(/^(\/([A-Za-z0-9._~%!$&'()*+,;=:@-]+|\{[A-Za-z0-9_]+\}))*\/?$/, 'not a path of literals and `{name}`')
      .refine((path) => !path.split('/').some((segment) => segment === '.' || segment === '..'), 'a dot segment')
      .describe('Path behind the upstream’s address, `/dossiers/{numero}`; each `{name}` is filled from `/path/name`.'),
    body: z.enum(['json', 'form']).default('json').describe('How `/body` is sent: json or form.'),
    pairs: z
      .array(pairShape)
      .default([])
      .describe(
        'From `/parameters/…`, `/body/…`, `/call/…`, `/person/…` to `/path/…`, `/query/…`, `/headers/…`, `/body/…`.',
      ),
    unused: z
      .array(z.string().min(1))
      .default([])
      .describe('Parameters of the contract that the provider has no use for.'),
  })
  .describe('The request to the provider.')

const operationShape = z
  .strictObject({
    request: requestShape,
    answer: z
      .strictObject({
        status: z.int().min(200).max(299).default(200).describe('Status of the contract’s answer.'),
        pairs: z.array(pairShape).min(1).describe('From the provider’s body to the body of the contract.'),
      })
      .describe('The answer of the contract.'),
    errors: z.array(errorShape).default([]).describe('What other answers mean; read before those of all operations.'),
  })
  .describe('How one operation is asked and answered.')

const credentialsShape = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('api-key'),
      header: headerName.default('X-Api-Key').describe('Header that holds the key.'),
      secret: secretName,
    }),
    z.strictObject({ kind: z.literal('basic'), username: secretName, password: secretName }),
    z.strictObject({
      kind: z.literal('oauth'),
      token_url: z
        .string()
        .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'not an http or https address')
        .describe('Token endpoint of the provider.'),
      client_id: secretName,
      client_secret: secretName,
      scope: z.string().min(1).nullable().default(null).describe('Scopes, with spaces between them, or null.'),
      authentication: z
        .enum(['basic', 'post'])
        .default('basic')
        .describe('Where the client’s secret goes: basic or post.'),
    }),
  ])
  .nullable()
  .default(null)
  .describe('How the platform proves itself to the provider: api-key, basic or oauth (client credentials).')

/** `adapter.yaml`, beside `api.yaml`. */
export const adapterShape = z
  .strictObject({
    credentials: credentialsShape,
    success: successShape,
    errors: z.array(errorShape).default([]).describe('What answers of the provider mean, for all operations.'),
    operations: z.record(z.string(), operationShape).describe('By operationId of the contract, each operation.'),
  })
  .describe('An adapter: how the provider is asked, and how its answers become those of the contract.')

export type AdapterSettings = z.infer<typeof adapterShape>
export type { ConversionSettings, PairSettings, TestSettings }
