import { z } from 'zod'
import { textShape } from './text-shape.js'

const mebibyte = 1_048_576
const milliseconds = (usual: number) => z.number().int().min(1).max(600_000).default(usual)
const when = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) && !Number.isNaN(Date.parse(text)),
    'not a date',
  )
  .transform((text) => Date.parse(text))
  .nullable()
  .default(null)
const scope = z
  .string()
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+$/,
    'not a scope: visible characters without space, quote or backslash (RFC 6749 section 3.3)',
  )
const origin = z
  .string()
  .refine(
    (text) => text === '*' || (/^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text),
    'not an origin',
  )
  .describe('`https://exemple.fr`, without path or slash at its end; or `*`.')
const token = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header or method name')

const target = z.strictObject({
  url: z
    .string()
    .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'not an http or https address')
    .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'credentials in the address')
    .refine((text) => !/[?#]/.test(text), 'an address with a query or a fragment')
    .describe('Absolute address, `https://host/path`; the resource is appended to it.'),
  weight: z.number().int().min(1).max(1000).default(1).describe('Share among the addresses, 1 to 1000.'),
})
const upstream = z
  .union(
    [z.enum(['sandbox', 'gateway', 'realm']), z.array(target).min(1)],
    'neither `sandbox`, `gateway`, `realm` nor a list of `{ url, weight }`',
  )
  .describe(
    '`sandbox` (the simulation answers), `gateway` (itself, as the contract’s `x-answer` says), `realm` (its claims of the person signed in), or addresses: `[{ url: https://…, weight: 1 }]`.',
  )

export const quotaShape = z
  .strictObject({
    key: z
      .enum(['api', 'application+api', 'application+operation', 'token', 'token+api'])
      .describe(
        'Whose calls are counted together: api, application+api, application+operation, token (over all APIs of the platform with such a rule), token+api.',
      ),
    limit: z
      .number()
      .int()
      .min(1)
      .max(1_000_000_000)
      .describe('Calls admitted a period, a whole number of at least 1.'),
    periodSeconds: z
      .number()
      .int()
      .min(1)
      .max(31_622_400)
      .describe('Length of the period in whole seconds, at most a year.'),
    algorithm: z
      .enum(['bucket', 'fixed'])
      .default('bucket')
      .describe('`bucket` refills evenly; `fixed` counts in windows.'),
  })
  .describe('A quota: `{ key: application+api, limit: 10, periodSeconds: 1, algorithm: bucket }`.')

/** `api.yaml`, beside `openapi.yaml`. */
export const apiShape = z
  .strictObject({
    code: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'not lower-case letters, digits and hyphens')
      .refine((code) => code !== 'sandbox' && code !== 'production', 'the name of an environment')
      .describe("The name of the API's folder: lower-case letters, digits, hyphens."),
    version: z
      .string()
      .regex(/^[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?$/, 'not letters, digits, dots and hyphens')
      .describe('The name of the version\'s folder, in quotes: `"2"`.'),
    path: z
      .string()
      .optional()
      .describe(
        'Its own base path, e.g. `/v{version}/dss/quotient_familial`; the shape of the platform gives it unless told otherwise.',
      ),
    title: textShape
      .optional()
      .describe('`{ fr: …, en: … }`; the title of the OpenAPI document unless told otherwise.'),
    description: textShape
      .optional()
      .describe('`{ fr: …, en: … }`; the description of the OpenAPI document unless told otherwise.'),
    lifecycle: z
      .strictObject({
        state: z
          .enum(['draft', 'published', 'deprecated', 'retired'])
          .default('published')
          .describe('draft, published, deprecated or retired.'),
        deprecated_on: when.describe('Date, in quotes: `"2027-01-31"`, or null.'),
        sunset_on: when.describe('Date after which it is gone, in quotes: `"2027-06-30"`, or null.'),
      })
      .refine(
        ({ deprecated_on, sunset_on }) => deprecated_on === null || sunset_on === null || deprecated_on <= sunset_on,
        { error: 'the sunset comes before the deprecation (RFC 9745 section 4)', path: ['sunset_on'] },
      )
      .prefault({})
      .describe('`{ state: published, deprecated_on: null, sunset_on: null }`'),
    realm: z
      .string()
      .min(1)
      .optional()
      .describe("One of the platform's realms; may be left out where it has only one."),
    scopes: z
      .strictObject({
        required: z.array(scope).default([]).describe('Scopes that a token must hold, all of them.'),
        opens_all: z
          .boolean()
          .default(false)
          .describe(
            'Whether the required scopes open all that is answered, in an API of personal data without any `x-scope`: true or false. Unless it says so, each field needs one.',
          ),
        personal: z
          .array(scope)
          .optional()
          .describe(
            'Scopes that expose personal data and for which the person is asked; all of them where `access.consent` is true, unless told otherwise.',
          ),
        shaping: z
          .boolean()
          .default(false)
          .describe('Whether a call is refused when the token holds no scope that shapes the answer: true or false.'),
        described: z.record(z.string(), textShape).default({}).describe('What each scope gives, `{ fr: …, en: … }`.'),
      })
      .prefault({})
      .describe('`{ required: [scope], described: { scope: { fr: …, en: … } } }`'),
    introspection: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Applications of the provider, by client_id, that may ask the authorization server whether a token opens this API (RFC 7662).',
      ),
    quotas: z.array(quotaShape).default([]).describe('Quotas; every call is charged to all of them or to none.'),
    access: z
      .strictObject({
        approval: z.enum(['automatic', 'reviewed']).default('automatic').describe('automatic or reviewed.'),
        approvers: z.array(z.string().min(1)).default([]).describe('Who decides on requests.'),
        terms: z
          .string()
          .min(1)
          .nullable()
          .default(null)
          .describe('File with the terms of use, beside api.yaml, or null.'),
        consent: z.boolean().default(false).describe('Whether the person must consent: true or false.'),
        business_profile: z
          .boolean()
          .default(false)
          .describe('Whether the provider must give a business profile: true or false.'),
        open: z
          .boolean()
          .default(false)
          .describe('Whether anyone may call it without a token, where the gateway itself answers: true or false.'),
        personal_data: z.boolean().default(false).describe('Whether calls leave evidence: true or false.'),
      })
      .prefault({})
      .describe('Who may subscribe, and how.'),
    upstreams: z
      .strictObject({ production: upstream, sandbox: upstream.default('sandbox') })
      .describe('Who answers: `{ production: [{ url: https://…, weight: 1 }], sandbox: sandbox }`.'),
    pings: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(/^[a-z][a-z0-9_]*$/, 'not lower-case letters, digits and "_"')
            .describe('Its name in the address.'),
          title: z.string().min(1).describe('What people read.'),
        }),
      )
      .default([])
      .describe(
        'Names under which the state of its provider is asked, e.g. `{ name: cnous_etudiant_boursier, title: … }`.',
      ),
    limits: z
      .strictObject({
        request_bytes_max: z
          .number()
          .int()
          .min(0)
          .max(10 * mebibyte, 'more than 10 MiB')
          .default(mebibyte)
          .describe('Largest request body in bytes; 1 MiB unless told otherwise, 10485760 at most.'),
        request_body_milliseconds: milliseconds(10_000).describe('Time for the request body to arrive.'),
        connect_milliseconds: milliseconds(2_000).describe('Time to connect to the upstream.'),
        headers_milliseconds: milliseconds(15_000).describe("Time until the upstream's headers."),
        idle_milliseconds: milliseconds(15_000).describe('Longest silence of the upstream within an answer.'),
        total_milliseconds: milliseconds(30_000).describe('Time for the whole upstream call.'),
      })
      .prefault({})
      .describe('Bounds on one call; sizes in bytes, times in milliseconds.'),
    cors: z
      .strictObject({
        origins: z.array(origin).min(1).describe('Origins that may call from a browser.'),
        methods: z.array(token).default(['GET']).describe('Methods that browsers may use.'),
        headers: z.array(token).default(['Authorization']).describe('Headers that browsers may send.'),
        max_age_seconds: z
          .number()
          .int()
          .min(0)
          .max(86_400)
          .default(600)
          .describe('How long a browser may keep the preflight.'),
      })
      .nullable()
      .default(null)
      .describe('Calls from browsers; none unless told otherwise.'),
  })
  .describe('A version of an API: scopes, quotas, access, upstreams.')

export type ApiSettings = z.infer<typeof apiShape>
