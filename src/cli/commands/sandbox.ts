import type { Command } from 'commander'
import type { CommandNeeds } from '../command-needs.js'
import { sandboxCaseCommands } from './sandbox-case.js'
import { sandboxExportCommand } from './sandbox-export.js'
import { sandboxImportCommand } from './sandbox-import.js'

/** `portique sandbox …`: what the sandbox answers with, beside the folders of the platforms. */
export function sandboxCommands(program: Command, needs: CommandNeeds): void {
  const group = program.command('sandbox').description('the data that the sandbox answers with')
  sandboxCaseCommands(group, needs)
  sandboxImportCommand(group, needs)
  sandboxExportCommand(group, needs)
}
