import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '#contract'
import { inDataFolder } from './in-data-folder.js'

/** `<data>/dev.json`: what a script needs to use the running platform. */
export interface DevFile {
  readonly url: string
  readonly addresses: readonly {
    readonly platform: string
    readonly environment: string
    readonly authorization: string
    readonly api: string
  }[]
  readonly applications: readonly DevApplication[]
  readonly tokens: readonly DevToken[]
  readonly personas: readonly { readonly realm: string; readonly sub: string; readonly name: string }[]
  readonly control_token: string
}

/** A long-lived token that works at once. */
export interface DevToken {
  readonly platform: string
  readonly environment: string
  readonly token: string
  readonly scopes: readonly string[]
}

export interface DevApplication {
  readonly platform: string
  readonly name: string
  readonly environment: Environment
  readonly type: 'private' | 'public'
  readonly client_id: string
  readonly client_secret: string | null
  readonly api_key: string | null
  readonly redirect_uris: readonly string[]
  readonly scopes: readonly string[]
}

/** Written whole or not at all, for its owner alone. */
export function writeDevFile(folder: string, content: DevFile): string {
  const file = join(folder, 'dev.json')
  inDataFolder(folder, () => {
    writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  })
  return file
}
