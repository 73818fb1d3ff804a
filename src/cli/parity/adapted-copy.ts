import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { ApiVersion, Platform } from '#contract'

export interface CopyOptions {
  /** A folder of platforms, made for this. */
  readonly folder: string
  /** Where the double of an API's provider stands. */
  readonly addressOf: (api: ApiVersion) => string
  readonly tokenUrl: string
}

/** How long the double's silence is waited for, in milliseconds; the real provider has what api.yaml says. */
const patienceMilliseconds = 700

/** The platform's folder with its adapted versions alone, each asking a double of its provider. Nothing else of it changes. */
export async function copyAdapted(platform: Platform, { folder, addressOf, tokenUrl }: CopyOptions): Promise<void> {
  const root = join(folder, platform.id)
  await cp(platform.folder, root, { recursive: true })
  for (const api of platform.apis) {
    const own = join(root, 'apis', api.code, api.version)
    if (!isAdapted(api)) {
      await rm(own, { recursive: true })
      continue
    }
    await rewrite(join(own, 'api.yaml'), (document) => {
      document.set('upstreams', { production: [{ url: addressOf(api) }], sandbox: 'sandbox' })
      document.setIn(['limits', 'headers_milliseconds'], patienceMilliseconds)
      document.setIn(['limits', 'total_milliseconds'], patienceMilliseconds * 2)
    })
    if (api.adapter?.credentials?.kind === 'oauth')
      await rewrite(join(own, 'adapter.yaml'), (document) => document.setIn(['credentials', 'token_url'], tokenUrl))
  }
  await removeEmpty(join(root, 'apis'))
}

export const isAdapted = (api: ApiVersion): boolean => api.adapter !== undefined && api.adapter !== null

/** Secrets of any value: a double asks for none. */
export async function writeSecrets(apis: readonly ApiVersion[], file: string): Promise<void> {
  const secrets: Record<string, Record<string, string>> = {}
  for (const { adapter, platform } of apis) {
    const { kind: _, ...own } = adapter?.credentials ?? { kind: 'none' }
    const names = Object.values(own).filter((value) => typeof value === 'string')
    secrets[platform] = { ...secrets[platform], ...Object.fromEntries(names.map((name) => [name, 'of-the-double'])) }
  }
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
}

async function rewrite(file: string, change: (document: ReturnType<typeof parseDocument>) => void): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'))
  change(document)
  await writeFile(file, document.toString())
}

async function removeEmpty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const versions = await readdir(join(folder, name))
    if (versions.length === 0) await rm(join(folder, name), { recursive: true })
  }
}
