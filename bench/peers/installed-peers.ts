import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { benchFolder } from '../paths.js'

/** Installs the Node peers at their first use; they are no dependency of the product. */
export function installNodePeers(): string | undefined {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return undefined
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--prefix', folder], { stdio: 'pipe' })
    return undefined
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error)
    return `its packages could not be installed (npm ci --prefix bench/peers): ${why}`
  }
}

export function nodePeerScript(name: string): string {
  return join(folder, name)
}

const folder = join(benchFolder, 'peers')
