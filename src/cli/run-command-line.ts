import { CommanderError } from 'commander'
import { isProblem } from '#base'
import { withControl } from './control-connection.js'
import { createProgram } from './program.js'
import { readSettings, trySettings } from './settings.js'
import { createTerminal, type Output } from './terminal.js'

export interface CommandLineNeeds {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly out: Output
  readonly err: Output
}

/** Runs `portique <parameters>` and resolves to its exit code: a refusal is one clear text, a fault shows its stack. */
export async function runCommandLine(parameters: readonly string[], needs: CommandLineNeeds): Promise<number> {
  const terminal = createTerminal(needs.out, needs.err)
  const settings = () => readSettings(needs.environment)
  const program = createProgram({
    settings,
    trySettings: () => trySettings(needs.environment),
    terminal,
    inShell: needs.environment.npm_package_name === 'portique',
    control: (method, path, body) => withControl(settings(), (call) => call(method, path, body)),
  })
  try {
    await program.parseAsync(parameters, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    terminal.printError(`\n${indented(told(error))}\n`)
    return 1
  }
}

/** All of a text stands as far in as its first line. */
const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '  ')

function told(error: unknown): string {
  if (isProblem(error)) return error.text.en
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
