import { statSync } from 'node:fs'
import { Problem } from '#base'
import { choicesSent } from '#catalog'
import { checkPlatforms, formatMistakes, loadPlatforms, type Mistake, parseApi, parseSource } from '#contract'
import { checkPersonas, checkSimulations } from '#sandbox'
import { shippedPlatforms } from './project.js'
import { type PublicationOptions, readPublication } from './publication.js'

export interface CheckOptions {
  readonly choices: CheckChoices
  /** The folder whose platforms a document may join; undefined: the shipped one. */
  readonly platforms: () => string | undefined
}

type CheckChoices = PublicationOptions & { readonly platform?: string }

/** Says what was found sound; throws `check/mistakes` that tells every mistake. */
export async function checkPath(path: string, { choices, platforms: folder }: CheckOptions): Promise<string> {
  if (isFile(path)) {
    refuse(await publicationMistakes(path, choices, folder() ?? shippedPlatforms), path)
    return 'it can be published'
  }
  const { platforms, mistakes } = await checkPlatforms(path)
  const apis = platforms.flatMap((platform) => platform.apis)
  refuse([...mistakes, ...(await checkSimulations(apis)), ...(await checkPersonas(platforms))], path)
  return `${counted(platforms.length, 'platform')}, ${counted(apis.length, 'API version')}`
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
  const { mistakes } = await parseApi({
    platform,
    document: { file: rest.file, text },
    settings: choicesSent(parsed, { ...rest, upstreams }),
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
