import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages } from './docs/pages.js'

/** Writes the pages of `docs/reference`; with `--check`, only says which of them differ, and fails if any does. */
const root = join(import.meta.dirname, '..', '..')
if (process.argv.includes('--check')) check()
else for (const { path, render } of pages) writeFileSync(join(root, path), render())

function check(): void {
  const stale = pages.filter(({ path, render }) => readFileSync(join(root, path), 'utf8') !== render())
  for (const { path } of stale) console.error(`differs from what the generator writes: ${path}`)
  process.exitCode = stale.length ? 1 : 0
}
