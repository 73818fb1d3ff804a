import { Command } from 'commander'
import type { Settings } from '#base'
import { applicationCommands } from './commands/application.js'
import { checkCommand } from './commands/check.js'
import { publishCommand } from './commands/publish.js'
import { settingsCommand } from './commands/settings.js'
import { startCommands } from './commands/start.js'
import { storeCommands } from './commands/store.js'
import type { ControlCall } from './control-call.js'
import type { Terminal } from './terminal.js'

export interface CommandNeeds {
  /** Read at first need, so that `--help` works whatever the environment says. */
  readonly settings: () => Settings
  readonly control: ControlCall
  readonly terminal: Terminal
}

/** The whole command line; reading this list is reading `portique --help`. */
export function createProgram(needs: CommandNeeds): Command {
  const program = new Command('portique')
    .description('An API platform for public administrations: authorization server, gateway, sandbox.')
    .version('0.1.0')
    .showHelpAfterError('(portique --help tells what there is)')
  startCommands(program, needs)
  publishCommand(program, needs)
  applicationCommands(program, needs)
  checkCommand(program, needs)
  storeCommands(program, needs)
  settingsCommand(program, needs)
  program.addHelpText('after', '\nStart here: portique dev. Settings come from the environment: portique settings.')
  return program
}
