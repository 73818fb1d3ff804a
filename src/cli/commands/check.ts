import type { Command } from 'commander'
import type { CommandNeeds } from '../command-needs.js'
import { collected, type PublicationOptions, withPublicationOptions } from '../publication.js'

/** `portique check <path>`: every mistake of a folder of platforms, or of what is to be published, at once with its mend. */
export function checkCommand(program: Command, { settings, terminal }: CommandNeeds): void {
  const check = program
    .command('check <path>')
    .description(
      'read a folder of platforms, one platform, or an OpenAPI document with the options of publish, and tell every mistake with file, line, reason and mend',
    )
    .option('--platform <id>', 'platform that a document is to join')
    .option('--upstream <url>', 'where its calls are to go', collected)
  withPublicationOptions(check).action(async (path: string, choices: CheckChoices) => {
    const { checkPath } = await import('../check-path.js')
    const sound = await checkPath(path, { choices, platforms: () => settings().PORTIQUE_PLATFORMS })
    terminal.print(`  ${terminal.style.good('No mistake')} in ${path}: ${sound}.`)
  })
}

type CheckChoices = PublicationOptions & { readonly platform?: string }
