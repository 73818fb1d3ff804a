import { isIP } from 'node:net'
import { z } from 'zod'
import { Problem } from './problem.js'

const url = z.url({ protocol: /^https?$/, error: 'an absolute http or https address' })
const portRange = {
  error: ({ input }: { readonly input?: unknown }) => `a port number from 0 to 65535, not ${String(input)}`,
}
const port = z.coerce.number(portRange).int(portRange).min(0, portRange).max(65_535, portRange)
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
    .optional()
    .describe(
      'Key that encrypts secrets at rest: 32 bytes in base64url. `serve` refuses to start without it; `dev` makes one in its data folder.',
    ),
  PORTIQUE_TRUSTED_PROXIES: list
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
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('Least level that is logged.'),
  PORTIQUE_ACCESS_LOG: z
    .string()
    .min(1)
    .optional()
    .describe('Where the access log goes: a file, `-` for standard output; none when absent.'),
  PORTIQUE_EVIDENCE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_096)
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
    .enum(['private', 'shared'])
    .default('private')
    .describe(
      'Who may read the files of secrets (PORTIQUE_UPSTREAMS, PORTIQUE_PROVIDER_SECRETS, PORTIQUE_TLS_KEY): `private` has `serve` refuse to start where others than their owner can; `shared` has it warn alone, where an orchestrator hands them to a group.',
    ),
  PORTIQUE_CALLS_PER_APPLICATION: z.coerce
    .number()
    .int()
    .min(1)
    .max(8_192)
    .default(512)
    .describe('Calls of one application that this node works on at once; beyond them 429.'),
  PORTIQUE_BODY_BYTES_PER_APPLICATION: z.coerce
    .number()
    .int()
    .min(10_485_760, 'at least 10485760, the largest body that an API may take')
    .max(67_108_864, 'at most 67108864, what the process holds in all')
    .default(16_777_216)
    .describe(
      'Memory in bytes that the bodies of one application may fill at once on this node; beyond it 429. All applications share 67108864.',
    ),
  PORTIQUE_PROVIDER_SECRETS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'JSON file of the secrets by which adapters prove the platform to providers, by the names that `adapter.yaml` uses: `{ "<name>": "<secret>" }`. Give it to this process alone (`chmod 600`): see PORTIQUE_SECRET_FILES.',
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
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe(
      'Share of each quota that this node keeps to while Valkey or Redis is gone: 1 divided by the number of nodes.',
    ),
})

export type Settings = Readonly<z.infer<typeof settingsShape>>

export interface WrongSetting {
  readonly name: string
  /** What is expected instead. */
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
  const wrong = read.error.issues.map(({ path: [name], message }) => ({ name: String(name), expected: message }))
  const names = new Set(wrong.map(({ name }) => name))
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

function isCidrBlock(block: string): boolean {
  const [address = '', bits = '', ...rest] = block.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest
}
