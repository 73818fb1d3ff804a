import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ownEnvironment } from './own-environment.js'
import { projectFolder } from './paths.js'

/** Runs one command of the product and gives what it printed. */
export type Command = (...args: readonly string[]) => Promise<string>

export const portiqueMain = join(projectFolder, 'dist', 'portique', 'main.js')

/** `env` holds PORTIQUE_DATA, by which a command finds the running process. */
export function portiqueCommand(env: Readonly<Record<string, string>>): Command {
  return async (...args) => {
    const options = { env: { ...ownEnvironment(), NO_COLOR: '1', ...env }, cwd: projectFolder }
    const run = promisify(execFile)(process.execPath, [portiqueMain, ...args], options)
    const { stdout } = await run.catch((error: unknown) => {
      throw new Error(
        `portique ${args.slice(0, 2).join(' ')} failed\n${error instanceof Error ? error.message : error}`,
      )
    })
    return stdout
  }
}
