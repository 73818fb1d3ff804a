import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type ApiVersion, type Mistake, type Platform, secretNames } from '#contract'
import { settingMistake } from './setting-mistake.js'

const own = z.record(z.string(), z.string().min(1))
const shape = z.record(z.string(), own)

export interface ProviderSecrets {
  /** By platform, then by name: a platform's adapters reach its own alone. */
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** What is wrong or missing, never a secret. */
  readonly mistakes: readonly Mistake[]
}

/** Reads the file of PORTIQUE_PROVIDER_SECRETS, and holds it against what the adapters of these platforms need. */
export function readProviderSecrets(
  file: string | undefined,
  platforms: readonly Pick<Platform, 'apis'>[],
): ProviderSecrets {
  const needed = platforms.flatMap(({ apis }) =>
    apis.flatMap((api) => secretsOf(api).map((name) => ({ name, api: api.id, platform: api.platform }))),
  )
  const content = file === undefined ? {} : contentOf(file)
  const read = shape.safeParse(content)
  if (!read.success) {
    const flat = own.safeParse(content)
    const mistake = flat.success
      ? wrong(`the secrets of ${file} belong to no platform`, `Write ${sorted(Object.keys(flat.data), needed)}.`)
      : wrong(`${file} is no map of platforms to names to texts`, form)
    return { secrets: new Map(), mistakes: [mistake] }
  }
  const secrets = new Map(
    Object.entries(read.data).map(([platform, each]) => [platform, new Map(Object.entries(each))]),
  )
  const lacking = needed.filter(({ name, platform }) => secrets.get(platform)?.has(name) !== true)
  const missing = [...Map.groupBy(lacking, ({ name, platform }) => `${platform} ${name}`).values()]
  if (missing.length === 0) return { secrets, mistakes: [] }
  const told = missing.map((users) => `${users[0]?.name} (${usersOf(users.map(({ api }) => api))})`)
  const place = file === undefined ? 'Set it to a JSON file such as' : `In ${file}, write`
  return {
    secrets,
    mistakes: [wrong(`no secret for ${told.join(', ')}`, `${place} ${sorted([], lacking)}.`)],
  }
}

interface Need {
  readonly name: string
  readonly platform: string
}

/** What the file would hold: names under the platforms that need them, those that none needs under a platform to be named. */
function sorted(names: readonly string[], needed: readonly Need[]): string {
  const places = new Map<string, Set<string>>()
  const put = (platform: string, name: string) => places.set(platform, (places.get(platform) ?? new Set()).add(name))
  for (const { platform, name } of needed) put(platform, name)
  for (const name of names) if (!needed.some((each) => each.name === name)) put('<platform>', name)
  const written = [...places].map(([platform, own]) => {
    const lines = [...own].map((name) => `${JSON.stringify(name)}: "<secret>"`)
    return `${JSON.stringify(platform)}: { ${lines.join(', ')} }`
  })
  return `{ ${written.join(', ')} }`
}

/** One by its name, several by the first and their number. */
const usersOf = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} more`

/** Those without which the provider cannot be asked. */
function secretsOf({ adapter, upstreams }: ApiVersion): readonly string[] {
  const credentials = adapter?.credentials ?? null
  if (credentials === null || Object.values(upstreams).every((choice) => choice === 'sandbox')) return []
  return secretNames(credentials)
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const form = 'Write JSON: { "<platform>": { "<name>": "<secret>" } }, in a file that this process can read.'
const wrong = (reason: string, mend: string) => settingMistake('PORTIQUE_PROVIDER_SECRETS', reason, mend)
