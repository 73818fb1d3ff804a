import type { Command } from 'commander'
import { Problem } from '#base'
import { checkPlatforms, formatMistakes } from '#contract'
import { checkPersonas, checkSimulations } from '#sandbox'
import type { CommandNeeds } from '../command-needs.js'

/** `portique check <folder>`: every mistake of a folder of platforms at once, with its mend. */
export function checkCommand(program: Command, { terminal }: CommandNeeds): void {
  program
    .command('check <folder>')
    .description('read a folder of platforms, or one platform, and tell every mistake with file, line, reason and mend')
    .action(async (folder: string) => {
      const { platforms, mistakes: inContracts } = await checkPlatforms(folder)
      const mistakes = [
        ...inContracts,
        ...(await checkSimulations(platforms.flatMap(({ apis }) => apis))),
        ...(await checkPersonas(platforms)),
      ]
      if (mistakes.length > 0) {
        throw new Problem({
          code: 'check/mistakes',
          status: 400,
          text: {
            fr: `${formatMistakes(mistakes)}\n\n${mistakes.length} erreur(s) dans ${folder}.`,
            en: `${formatMistakes(mistakes)}\n\n${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'} in ${folder}.`,
          },
        })
      }
      const count = platforms.reduce((sum, platform) => sum + platform.apis.length, 0)
      terminal.print(
        `  ${terminal.style.good('No mistake')} in ${folder}: ${counted(platforms.length, 'platform')}, ${counted(count, 'API version')}.`,
      )
    })
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
