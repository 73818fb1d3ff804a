import type { Command } from 'commander'
import type { CommandNeeds } from '../command-needs.js'
import { stopOnSignal } from '../stop-on-signal.js'

/** `portique dev` and `portique serve`; the rooms of a serving process are loaded only by these. */
export function startCommands(program: Command, { settings, trySettings, ...needs }: CommandNeeds): void {
  program
    .command('dev')
    .description('everything in one process on this machine, with demo applications and a test clock')
    .action(async () => {
      const { runDev } = await import('../run-dev.js')
      stopOnSignal(await runDev(settings(), needs.terminal), needs)
    })

  program
    .command('serve')
    .description('production: refuses to start without its addresses and its secret key')
    .action(async () => {
      const { runServe } = await import('../run-serve.js')
      stopOnSignal(await runServe(trySettings()), needs)
    })
}
