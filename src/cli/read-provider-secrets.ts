import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Problem } from '#base'
import type { ApiVersion, Platform } from '#contract'

const shape = z.record(z.string(), z.string().min(1))

/** The file of PORTIQUE_PROVIDER_SECRETS. Throws a Problem that names what is wrong or missing, never a secret. */
export function readProviderSecrets(
  file: string | undefined,
  platforms: readonly Pick<Platform, 'apis'>[],
): ReadonlyMap<string, string> {
  const read = file === undefined ? { success: true as const, data: {} } : shape.safeParse(contentOf(file))
  if (!read.success) throw wrong(`${file}: not a map of names to texts`)
  const secrets = new Map(Object.entries(read.data))
  const missing = platforms.flatMap(({ apis }) =>
    apis.flatMap((api) =>
      secretsOf(api)
        .filter((name) => !secrets.has(name))
        .map((name) => `${name} (${api.id})`),
    ),
  )
  if (missing.length > 0)
    throw wrong(
      `no secret is given for ${missing.join(', ')}; ${file === undefined ? 'set it to a JSON file' : `in ${file},`} with one line each, such as ${JSON.stringify(missing[0]?.split(' ')[0])}: "<secret>"`,
    )
  return secrets
}

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
    throw wrong(`${file}: no JSON can be read there`)
  }
}

const wrong = (reason: string) =>
  new Problem({
    code: 'settings/provider-secrets',
    status: 500,
    text: { fr: `PORTIQUE_PROVIDER_SECRETS : ${reason}.`, en: `PORTIQUE_PROVIDER_SECRETS: ${reason}.` },
  })
