import { once } from 'node:events'
import type { Place } from './place.js'
import { startProcess } from './portique.js'

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `portique <arguments>` at this place, as from a shell beside the running process, to its end. */
export async function runCommand(
  place: Pick<Place, 'environment'>,
  parameters: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const started = startProcess(parameters, { ...place.environment, ...settings })
  await once(started.process, 'close')
  return { code: started.process.exitCode, stdout: started.stdout(), stderr: started.stderr() }
}
