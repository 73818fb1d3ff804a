import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a provider changes in the demo platform: text to find in a file of it, and what stands there instead. */
export interface Edit {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Copies the demo platform into a folder of one's own and edits it. Resolves to what PORTIQUE_PLATFORMS should be. */
export function ownPlatforms(folder: string, edits: readonly Edit[]): string {
  const platforms = join(folder, 'platforms')
  cpSync('platforms/demo', join(platforms, 'demo'), { recursive: true })
  for (const { file, from, to } of edits) {
    const path = join(platforms, 'demo', file)
    const text = readFileSync(path, 'utf8')
    assert.ok(text.includes(from), `${file} reads otherwise now`)
    writeFileSync(path, text.replace(from, to))
  }
  return platforms
}

/** Its calls go to this provider; `more` are lines of `api.yaml`. */
export const withUpstream = (upstream: string, more = ''): Edit => ({
  file: 'apis/annuaire/1/api.yaml',
  from: 'upstreams: { production: sandbox, sandbox: sandbox }',
  to: `upstreams: { production: [{ url: "${upstream}" }], sandbox: sandbox }\n${more}`,
})
