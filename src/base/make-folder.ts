import { existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and what lacks above it, for its owner alone (0700). Returns the first one made, undefined where it stood already.
 * Throws what the system says; in bounded time, where Node's `recursive` goes round for ever below a folder that takes none (`/proc`).
 */
export function makeFolder(folder: string): string | undefined {
  const missing: string[] = []
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) missing.unshift(at)
  const [first] = missing
  for (const path of missing) makeOne(path)
  return first
}

/** Another process may have made it meanwhile; what is no folder shows when something is put below it. */
function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (!existsSync(path)) throw error
  }
}
