import { posix } from 'node:path'
import type { Language } from '#base'

/** The guides for those who call APIs, in the order in which they are read; French ones lie in `<name>.fr.md`. */
export const guides = [
  { name: 'integrator', title: { fr: 'Guide de l’intégrateur', en: 'Integrator’s guide' }, languages: ['fr', 'en'] },
  { name: 'sign-in', title: { fr: 'Application avec serveur', en: 'Application with a server' }, languages: ['en'] },
  { name: 'public-application', title: { fr: 'Application publique', en: 'Public application' }, languages: ['en'] },
  {
    name: 'france-connect',
    title: { fr: 'Avec un jeton FranceConnect', en: 'With a FranceConnect token' },
    languages: ['en'],
  },
  { name: 'agents', title: { fr: 'Au nom d’un agent', en: 'In the name of an agent' }, languages: ['en'] },
  { name: 'tokens', title: { fr: 'Jetons et déconnexion', en: 'Tokens and signing out' }, languages: ['en'] },
  { name: 'consent', title: { fr: 'Consentement et retrait', en: 'Consent and withdrawal' }, languages: ['en'] },
  { name: 'sandbox-cases', title: { fr: 'Cas du bac à sable', en: 'Cases of the sandbox' }, languages: ['en'] },
  { name: 'provider', title: { fr: 'Publier une API', en: 'Publishing an API' }, languages: ['en'] },
  { name: 'adapter', title: { fr: 'Écrire un adaptateur', en: 'Writing an adapter' }, languages: ['en'] },
] as const satisfies readonly GuideEntry[]

export interface GuideEntry {
  readonly name: string
  readonly title: Readonly<Record<Language, string>>
  readonly languages: readonly Language[]
}

/** The language that a guide is read in by readers of this one. */
export const languageFor = ({ languages }: GuideEntry, language: Language): Language =>
  languages.includes(language) ? language : 'en'

export const guideFile = ({ name }: GuideEntry, language: Language): string =>
  language === 'fr' ? `${name}.fr.md` : `${name}.md`

/** The file of the project that a link of a guide names: `../reference/x.md#y` → `docs/reference/x.md`. */
export const linkedFile = (target: string): string => posix.join('docs/guides', target.replace(/#.*$/, ''))

/** Where a link of a guide leads: another guide, the web, or nowhere here. */
export function guideHref(target: string, language: Language): string | null {
  if (/^https?:\/\//.test(target) || target.startsWith('#')) return target
  const [, name, french, anchor = ''] = /^([a-z-]+)(\.fr)?\.md(#.*)?$/.exec(target) ?? []
  const guide: GuideEntry | undefined = guides.find((each) => each.name === name)
  if (guide === undefined) return null
  const wanted = french === undefined && guide.languages.includes('fr') ? 'en' : language
  return `/${wanted}/guides/${guide.name}${anchor}`
}
