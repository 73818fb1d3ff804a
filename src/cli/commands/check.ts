import { statSync } from 'node:fs'
import type { Command } from 'commander'
import { Problem } from '#base'
import { settingsFromChoices } from '#catalog'
import { checkPlatforms, formatMistakes, loadPlatforms, type Mistake, parseApi, parseSource } from '#contract'
import { checkPersonas, checkSimulations } from '#sandbox'
import type { CommandNeeds } from '../command-needs.js'
import { shippedPlatforms } from '../project.js'
import { collected, type PublicationOptions, readPublication, withPublicationOptions } from '../publication.js'

type CheckChoices = PublicationOptions & { readonly platform?: string }

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
    if (isFile(path)) {
      refuse(await publicationMistakes(path, choices, settings().PORTIQUE_PLATFORMS ?? shippedPlatforms), path)
      terminal.print(`  ${terminal.style.good('No mistake')} in ${path}: it can be published.`)
      return
    }
    const { platforms, mistakes: inContracts } = await checkPlatforms(path)
    refuse(
      [
        ...inContracts,
        ...(await checkSimulations(platforms.flatMap(({ apis }) => apis))),
        ...(await checkPersonas(platforms)),
      ],
      path,
    )
    const count = platforms.reduce((sum, platform) => sum + platform.apis.length, 0)
    terminal.print(
      `  ${terminal.style.good('No mistake')} in ${path}: ${counted(platforms.length, 'platform')}, ${counted(count, 'API version')}.`,
    )
  })
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** What `publish` would be refused for, whatever else is on the air. */
async function publicationMistakes(file: string, choices: CheckChoices, folder: string): Promise<readonly Mistake[]> {
  const { platforms } = await loadPlatforms(folder)
  const platform = platforms.find(({ id }) => id === choices.platform)
  if (platform === undefined) throw noPlatform(platforms.map(({ id }) => id))
  const { document: text, adapter, upstream, ...rest } = await readPublication(file, choices)
  const parsed = parseSource(file, text).value ?? null
  const upstreams = upstream.length === 0 ? ['https://fournisseur.invalid'] : upstream
  const value = settingsFromChoices(parsed, { ...rest, upstreams })
  const { mistakes } = await parseApi({
    platform,
    document: { file: rest.file, text },
    settings: { file: 'the options given', value },
    adapter: adapter ?? null,
  })
  return mistakes
}

const noPlatform = (known: readonly string[]) =>
  new Problem({
    code: 'check/platform',
    status: 400,
    text: {
      fr: `Dites à quelle plateforme le document s’ajoute : --platform ${known.join(' | ')}.`,
      en: `Say which platform the document joins: --platform ${known.join(' | ')}.`,
    },
  })

function refuse(mistakes: readonly Mistake[], place: string): void {
  if (mistakes.length === 0) return
  throw new Problem({
    code: 'check/mistakes',
    status: 400,
    text: {
      fr: `${formatMistakes(mistakes)}\n\n${mistakes.length} erreur(s) dans ${place}.`,
      en: `${formatMistakes(mistakes)}\n\n${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'} in ${place}.`,
    },
  })
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
