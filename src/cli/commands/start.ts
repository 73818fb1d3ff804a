import type { Command } from 'commander'
import type { CommandNeeds } from '../program.js'
import { runDev } from '../run-dev.js'
import { runServe } from '../run-serve.js'
import { stopOnSignal } from '../stop-on-signal.js'

/** `portique dev` and `portique serve`. */
export function startCommands(program: Command, { settings, terminal }: CommandNeeds): void {
  program
    .command('dev')
    .description('everything in one process on this machine, with demo applications and a test clock')
    .action(async () => stopOnSignal(await runDev(settings(), terminal), terminal))

  program
    .command('serve')
    .description('production: refuses to start without its addresses and its secret key')
    .action(async () => stopOnSignal(await runServe(settings()), terminal))
}
