import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { UpstreamSettings } from '#authorization'
import { Problem } from '#base'

const shape = z.record(
  z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'not <platform>/<realm>'),
  z.strictObject({
    name: z.string().min(1),
    issuer: z.url({ protocol: /^https?$/ }).refine(isGuarded, 'http is for the machine itself alone'),
    client_id: z.string().min(1),
    client_secret: z.string().min(1),
  }),
)

/** The file of PORTIQUE_UPSTREAMS, by realm. Throws a Problem that names the file and what is wrong, never a secret. */
export function readUpstreams(file: string | undefined): ReadonlyMap<string, UpstreamSettings> {
  if (file === undefined) return new Map()
  const read = shape.safeParse(contentOf(file))
  if (!read.success)
    throw wrong(
      file,
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    )
  return new Map(
    Object.entries(read.data).map(([realm, { name, issuer, client_id: clientId, client_secret: clientSecret }]) => [
      realm,
      { name, issuer, clientId, clientSecret },
    ]),
  )
}

function isGuarded(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw wrong(file, ['no JSON can be read there'])
  }
}

const wrong = (file: string, reasons: readonly string[]) =>
  new Problem({
    code: 'settings/upstreams',
    status: 500,
    text: {
      fr: `PORTIQUE_UPSTREAMS, ${file} : ${reasons.join(' ; ')}`,
      en: `PORTIQUE_UPSTREAMS, ${file}: ${reasons.join('; ')}`,
    },
  })
