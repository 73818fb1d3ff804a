import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { UpstreamSettings } from '#authorization'
import type { Mistake } from '#contract'
import { settingMistake } from './setting-mistake.js'

const shape = z.record(
  z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'not <platform>/<realm>'),
  z.strictObject({
    name: z.string().min(1),
    issuer: z.url({ protocol: /^https?$/ }).refine(isGuarded, 'http is for the machine itself alone'),
    client_id: z.string().min(1),
    client_secret: z.string().min(1),
  }),
)

export interface Upstreams {
  readonly upstreams: ReadonlyMap<string, UpstreamSettings>
  /** What is wrong in the file, never a secret. */
  readonly mistakes: readonly Mistake[]
}

/** Reads the file of PORTIQUE_UPSTREAMS, by realm. */
export function readUpstreams(file: string | undefined): Upstreams {
  if (file === undefined) return { upstreams: new Map(), mistakes: [] }
  const read = shape.safeParse(contentOf(file))
  if (!read.success) return { upstreams: new Map(), mistakes: read.error.issues.map((issue) => wrong(file, issue)) }
  const upstreams = Object.entries(read.data).map(
    ([realm, { name, issuer, client_id: clientId, client_secret: clientSecret }]) =>
      [realm, { name, issuer, clientId, clientSecret }] as const,
  )
  return { upstreams: new Map(upstreams), mistakes: [] }
}

function isGuarded(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function wrong(file: string, { path, message }: z.core.$ZodIssue): Mistake {
  const where = path.length === 0 ? '' : `, ${path.join('.')}`
  const mend =
    'Write JSON: { "<platform>/<realm>": { "name", "issuer", "client_id", "client_secret" } }, in a file that this process can read.'
  return settingMistake('PORTIQUE_UPSTREAMS', `${file}${where}: ${message}`, mend)
}
