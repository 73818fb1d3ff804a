import { once } from 'node:events'
import { runCommandLine } from '../../src/cli/run-command-line.js'
import type { Place } from './place.js'
import { startProcess } from './portique.js'

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `portique <arguments>` at this place, as from a shell beside the running process, to its end. */
export async function runCommandProcess(
  place: Pick<Place, 'environment'>,
  parameters: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const started = startProcess(parameters, { ...place.environment, ...settings })
  await once(started.process, 'close')
  return { code: started.process.exitCode, stdout: started.stdout(), stderr: started.stderr() }
}

/** The same in this process, which saves the start of another: what `main` runs, with its output kept. */
export async function runCommand(
  place: Pick<Place, 'environment'>,
  parameters: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const written = { stdout: '', stderr: '' }
  const keep = (name: keyof typeof written) => ({
    write(text: string) {
      written[name] += text
    },
  })
  const code = await runCommandLine(parameters, {
    environment: { ...place.environment, ...settings },
    out: keep('stdout'),
    err: keep('stderr'),
  })
  return { code, ...written }
}
