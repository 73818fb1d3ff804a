import { isIP } from 'node:net'
import { z } from 'zod'
import { Problem } from '#base'

const url = z.url({ protocol: /^https?$/, error: 'an absolute http or https address' })
const whole = (least: number, most: number, text: string) =>
  z.coerce.number(text).int(text).min(least, text).max(most, text)
const port = whole(0, 65_535, 'a port number from 0 to 65535')
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
)

/** Every setting, with its meaning: the reader, the static type and the reference page all come from here. */
export const settingsShape = z.object({
  PORT: port.default(8080).describe('Port of the one listener (`dev`) or of this role (`serve`). 0 takes a free one.'),
  PORTIQUE_HOST: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Address to listen on. `dev` is loopback only and refuses any other; `serve` listens on 127.0.0.1 unless told otherwise.',
    ),
  PORTIQUE_URL: url.optional().describe('Public address of the portal; `serve` refuses to start without it.'),
  PORTIQUE_AUTHORIZATION_URL: url
    .optional()
    .describe(
      'Public address of the authorization server; `serve` refuses to start without it, or if it shares an origin with the portal or the gateway.',
    ),
  PORTIQUE_GATEWAY_URL: url
    .optional()
    .describe(
      'Public address of the gateway; `serve` refuses to start without it, or if it shares an origin with the portal or the authorization server.',
    ),
  PORTIQUE_DATA: z
    .string()
    .min(1)
    .default('./data')
    .describe('Data folder: the embedded store, `dev.json`, `control.sock`. One process owns it.'),
  PORTIQUE_PLATFORMS: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of platforms; the ones shipped with Portique unless told otherwise.'),
  PORTIQUE_SECRET_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}=?$/, '32 bytes in base64url, as `openssl rand 32 | basenc --base64url` prints')
    .refine(isVaried, 'random bytes, as `openssl rand 32 | basenc --base64url` prints')
    .optional()
    .describe(
      'Key that encrypts secrets at rest: 32 bytes in base64url. `serve` refuses to start without it; `dev` makes one in its data folder.',
    ),
  PORTIQUE_TRUSTED_PROXIES: list
    .refine(
      (blocks) => blocks.every((block) => isIP(block) !== 0 || isCidrBlock(block)),
      'addresses or CIDR blocks, e.g. 10.20.0.1 or 10.20.0.0/16',
    )
    .optional()
    .describe('Addresses or CIDR blocks, separated by commas, whose `Forwarded` and `X-Forwarded-For` are believed.'),
  PORTIQUE_TLS_CERT: z
    .string()
    .min(1)
    .optional()
    .describe('PEM certificate chain: turns the TLS listener on (TLS 1.2 and later). Goes with PORTIQUE_TLS_KEY.'),
  PORTIQUE_TLS_KEY: z.string().min(1).optional().describe('PEM private key of the TLS listener.'),
  PORTIQUE_TLS_PORT: port.default(8443).describe('Port of the TLS listener.'),
  PORTIQUE_METRICS_PORT: port
    .optional()
    .describe('Own loopback port for `/metrics`; without it, production asks for PORTIQUE_METRICS_TOKEN.'),
  PORTIQUE_METRICS_TOKEN: z
    .string()
    .min(32, 'at least 32 characters')
    .optional()
    .describe('Bearer token that `/metrics` asks for on the main port in production.'),
  PORTIQUE_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'debug, info, warn or error')
    .default('info')
    .describe('Least level that is logged.'),
  PORTIQUE_ACCESS_LOG: z
    .string()
    .min(1)
    .optional()
    .describe('Where the access log goes: a file, `-` for standard output; none when absent.'),
  PORTIQUE_EVIDENCE_DAYS: whole(1, 1_096, 'a whole number of days from 1 to 1096')
    .default(365)
    .describe(
      'How many days the evidence of calls for personal data is kept; the CNIL advises six months to a year, and three years at most where a need of control is documented.',
    ),
  PORTIQUE_EVENT_NETWORKS: list
    .refine((blocks) => blocks.every(isCidrBlock), 'CIDR blocks, e.g. 10.20.0.0/16')
    .optional()
    .describe(
      'CIDR blocks, separated by commas, in which applications may have the address that is told of a withdrawn consent although it is not public, e.g. `10.20.0.0/16`; none by default.',
    ),
  PORTIQUE_UPSTREAMS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'JSON file that names the OpenID Providers to which realms with `sign_in.upstream` send people: `{ "<platform>/<realm>": { "name": …, "issuer": …, "client_id": …, "client_secret": … } }`. Give it to this process alone (`chmod 600`): see PORTIQUE_SECRET_FILES.',
    ),
  PORTIQUE_SECRET_FILES: z
    .enum(['private', 'shared'], 'private or shared')
    .default('private')
    .describe(
      'Who may read the files of secrets (PORTIQUE_UPSTREAMS, PORTIQUE_PROVIDER_SECRETS, PORTIQUE_TLS_KEY): `private` has `serve` refuse to start where others than their owner can; `shared` has it warn alone, where an orchestrator hands them to a group.',
    ),
  PORTIQUE_SANDBOX_TOKENS: z
    .enum(['open', 'closed'], 'open or closed')
    .default('open')
    .describe(
      'Who gets a token of the sandbox, on platforms with long-lived tokens: `open` has the portal give one to whoever asks, 5 a day to one address, 20 to an IPv6 /48, 40 to an IPv4 /24 and 200 in all; `closed` leaves it to the operator (`token create`).',
    ),
  PORTIQUE_CALLS_PER_APPLICATION: whole(1, 8_192, 'a whole number from 1 to 8192')
    .default(512)
    .describe('Calls of one application that this node works on at once; beyond them 429.'),
  PORTIQUE_BODY_BYTES_PER_APPLICATION: whole(
    10_485_760,
    67_108_864,
    'a whole number from 10485760, the largest body that an API may take, to 67108864, what the process holds in all',
  )
    .default(16_777_216)
    .describe(
      'Memory in bytes that the bodies of one application may fill at once on this node; beyond it 429. All applications share 67108864.',
    ),
  PORTIQUE_PROVIDER_SECRETS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'JSON file of the secrets by which adapters prove the platform to providers, by platform and by the names that its `adapter.yaml` files use: `{ "<platform>": { "<name>": "<secret>" } }`. Give it to this process alone (`chmod 600`): see PORTIQUE_SECRET_FILES.',
    ),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'postgres://…')
    .optional()
    .describe('PostgreSQL instead of the embedded store.'),
  VALKEY_URL: z
    .string()
    .regex(/^(redis|valkey)s?:\/\//, 'redis://… or valkey://…')
    .optional()
    .describe('Valkey or Redis for quotas, and identical calls at once, over several nodes.'),
  PORTIQUE_QUOTA_LOCAL_SHARE: z.coerce
    .number('a number above 0, 1 at most')
    .gt(0, 'a number above 0, 1 at most')
    .max(1, 'a number above 0, 1 at most')
    .default(0.5)
    .describe(
      'Share of each quota that this node keeps to while Valkey or Redis is gone: 1 divided by the number of nodes.',
    ),
})

export type Settings = Readonly<z.infer<typeof settingsShape>>

export interface WrongSetting {
  readonly name: string
  /** What is expected, and what was given instead unless that is a secret. */
  readonly expected: string
}

export interface ReadSettings {
  /** Without those that are wrong. */
  readonly settings: Settings
  readonly wrong: readonly WrongSetting[]
}

/** Reads the environment once. Empty values count as absent. */
export function trySettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')
  const read = settingsShape.safeParse(Object.fromEntries(given))
  if (read.success) return { settings: read.data, wrong: [] }
  const byName = new Map(
    read.error.issues.toReversed().map(({ path: [name], message }) => [String(name), message] as const),
  )
  const wrong = [...byName].map(([name, message]) => ({ name, expected: `${message}${not(name, environment[name])}` }))
  const names = new Set(byName.keys())
  return { settings: settingsShape.parse(Object.fromEntries(given.filter(([name]) => !names.has(name)))), wrong }
}

/** The same for whoever can do nothing with a part. Throws a Problem that names every wrong setting and its mend. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { settings, wrong } = trySettings(environment)
  if (wrong.length === 0) return settings
  const lines = wrong.map(({ name, expected }) => `${name}\n  → ${expected}`).join('\n\n')
  throw new Problem({
    code: 'settings/wrong',
    status: 500,
    text: { fr: `${lines}\n\nRéglages refusés.`, en: `${lines}\n\nSettings refused.` },
  })
}

/** Bytes drawn by chance repeat themselves little: 32 of them with fewer than 16 values come less than once in 10^14 draws. */
function isVaried(key: string): boolean {
  return new Set(Buffer.from(key, 'base64url')).size >= 16
}

/** Values that hold passwords are never told. */
const secret = new Set(['PORTIQUE_SECRET_KEY', 'PORTIQUE_METRICS_TOKEN', 'DATABASE_URL', 'VALKEY_URL'])

const not = (name: string, value = ''): string =>
  secret.has(name) ? '' : `, not ${JSON.stringify(value.slice(0, 100))}`

function isCidrBlock(block: string): boolean {
  const [address = '', bits = '', ...rest] = block.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest
}
