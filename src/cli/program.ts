import { type Argument, Command, type Option } from 'commander'
import type { CommandNeeds } from './command-needs.js'
import { applicationCommands } from './commands/application.js'
import { checkCommand } from './commands/check.js'
import { evidenceCommands } from './commands/evidence.js'
import { parityCommand } from './commands/parity.js'
import { publishCommand } from './commands/publish.js'
import { realmCommands } from './commands/realm.js'
import { sandboxCommands } from './commands/sandbox.js'
import { settingsCommand } from './commands/settings.js'
import { startCommands } from './commands/start.js'
import { storeCommands } from './commands/store.js'
import { tokenCommands } from './commands/token.js'

/** The whole command line; reading this list is reading `portique --help`. */
export function createProgram(needs: CommandNeeds): Command {
  const program = new Command('portique')
    .description('An API platform for public administrations: authorization server, gateway, sandbox.')
    .version('0.1.0')
    .showHelpAfterError('(portique --help tells what there is)')
    .exitOverride()
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: nameAndArguments, optionDescription: withDefault })
    .configureOutput({
      writeOut: (text) => needs.terminal.print(text.trimEnd()),
      writeErr: (text) => needs.terminal.printError(text.trimEnd()),
    })
  startCommands(program, needs)
  publishCommand(program, needs)
  applicationCommands(program, needs)
  tokenCommands(program, needs)
  evidenceCommands(program, needs)
  realmCommands(program, needs)
  checkCommand(program, needs)
  parityCommand(program, needs)
  sandboxCommands(program, needs)
  storeCommands(program, needs)
  settingsCommand(program, needs)
  for (const command of program.commands) pointToOwnHelp(command)
  program.addHelpText('after', '\nStart here: portique dev. Settings come from the environment: portique settings.')
  return program
}

/** Commander gives a command the advice of the one above it. */
function pointToOwnHelp(command: Command, path = `portique ${command.name()}`): void {
  command.showHelpAfterError(`(${path} --help tells what there is)`)
  for (const each of command.commands) pointToOwnHelp(each, `${path} ${each.name()}`)
}

/** Whether it takes options is told by its own help. */
const nameAndArguments = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' ')

const argumentTerm = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

/** A switch is off unless it is given: that needs no words. */
const withDefault = ({ description, defaultValue }: Option): string =>
  typeof defaultValue === 'string' ? `${description} (default: ${defaultValue})` : description
