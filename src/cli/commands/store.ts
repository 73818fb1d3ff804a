import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CommandNeeds } from '../command-needs.js'

/** `portique store …`: copies, restores and moves; everything the store holds, sealed secrets stay sealed. */
export function storeCommands(program: Command, { control, settings, terminal }: CommandNeeds): void {
  const group = program
    .command('store')
    .description('back up, restore, and move between the embedded store and PostgreSQL')

  group
    .command('backup <file>')
    .description('write a consistent copy of the embedded store while it runs')
    .action(async (file: string) => {
      await control('POST', '/control/store/backup', { path: resolve(file) })
      terminal.print(`  Written: ${resolve(file)}. It needs the same PORTIQUE_SECRET_KEY to be opened.`)
    })

  group
    .command('restore <file>')
    .description('put a backup in place of the embedded store; the process must be stopped')
    .action(async (file: string) => {
      const { restoreBackup } = await import('#storage')
      const former = restoreBackup(settings().PORTIQUE_DATA, resolve(file))
      terminal.print(former === null ? '  Restored.' : `  Restored. The store that stood there lies in ${former}.`)
    })

  group
    .command('export <file>')
    .description('write every table as JSON Lines, from either store')
    .action(async (file: string) => {
      await control('POST', '/control/store/export', { path: resolve(file) })
      terminal.print(`  Written: ${resolve(file)}. Secrets in it are sealed; keep it like the store itself.`)
    })

  group
    .command('import <file>')
    .description('read an export into an empty store: the embedded one, or PostgreSQL where DATABASE_URL is set')
    .action(async (file: string) => {
      const { importInto } = await import('../import-into.js')
      const kind = await importInto(settings(), resolve(file))
      terminal.print(`  Read into ${kind === 'postgres' ? 'PostgreSQL' : 'the embedded store'}.`)
    })
}
