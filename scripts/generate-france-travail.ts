import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GeneratedFile } from './generate-france-travail/dataset.js'
import { generateFranceTravail } from './generate-france-travail/files.js'

/** Writes the datasets of `platforms/france-travail`; with `--check`, only says which of them differ, and fails if any does. */
const platform = join(import.meta.dirname, '..', '..', 'platforms', 'france-travail')
const files = generateFranceTravail()
if (process.argv.includes('--check')) check(files)
else for (const file of files) write(file)

function write({ path, content }: GeneratedFile): void {
  const target = join(platform, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, content)
}

function check(generated: readonly GeneratedFile[]): void {
  const stale = generated.filter(({ path, content }) => readFileSync(join(platform, path), 'utf8') !== content)
  for (const { path } of stale) console.error(`differs from what the generator writes: ${path}`)
  process.exitCode = stale.length ? 1 : 0
}
