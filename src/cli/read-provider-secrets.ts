import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ApiVersion, Mistake, Platform } from '#contract'
import { settingMistake } from './setting-mistake.js'

const shape = z.record(z.string(), z.string().min(1))

export interface ProviderSecrets {
  readonly secrets: ReadonlyMap<string, string>
  /** What is wrong or missing, never a secret. */
  readonly mistakes: readonly Mistake[]
}

/** Reads the file of PORTIQUE_PROVIDER_SECRETS, and holds it against what the adapters of these platforms need. */
export function readProviderSecrets(
  file: string | undefined,
  platforms: readonly Pick<Platform, 'apis'>[],
): ProviderSecrets {
  const read = file === undefined ? { success: true as const, data: {} } : shape.safeParse(contentOf(file))
  if (!read.success) return { secrets: new Map(), mistakes: [wrong(`${file} is no map of names to texts`, form)] }
  const secrets = new Map(Object.entries(read.data))
  const needed = platforms.flatMap(({ apis }) =>
    apis.flatMap((api) => secretsOf(api).map((name) => ({ name, api: api.id }))),
  )
  const missing = [...Map.groupBy(needed, ({ name }) => name)].filter(([name]) => !secrets.has(name))
  const [first] = missing
  if (first === undefined) return { secrets, mistakes: [] }
  const line = `${JSON.stringify(first[0])}: "<secret>"`
  const told = missing.map(([name, users]) => `${name} (${usersOf(users.map(({ api }) => api))})`)
  const place = file === undefined ? 'Set it to a JSON file' : `In ${file},`
  return {
    secrets,
    mistakes: [wrong(`no secret for ${told.join(', ')}`, `${place} with one line each, such as ${line}.`)],
  }
}

/** One by its name, several by the first and their number. */
const usersOf = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more`

/** Those without which the provider cannot be asked. */
function secretsOf({ adapter, upstreams }: ApiVersion): readonly string[] {
  const credentials = adapter?.credentials ?? null
  if (credentials === null || Object.values(upstreams).every((choice) => choice === 'sandbox')) return []
  if (credentials.kind === 'api-key') return [credentials.secret]
  if (credentials.kind === 'basic') return [credentials.username, credentials.password]
  return [credentials.clientId, credentials.clientSecret]
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const form = 'Write JSON: { "<name>": "<secret>" }, in a file that this process can read.'
const wrong = (reason: string, mend: string) => settingMistake('PORTIQUE_PROVIDER_SECRETS', reason, mend)
