import type { Language } from '#base'
import { Shell, Trail } from '#theme'
import { type GuideEntry, guides, languageFor } from './guide-list.js'

const words = {
  fr: {
    title: 'Guides',
    lead: 'Du premier jeton à la mise en service, avec du code à copier.',
    home: 'Accueil',
    trail: 'Fil d’Ariane',
    english: 'en anglais',
  },
  en: {
    title: 'Guides',
    lead: 'From the first token to going live, with code to copy.',
    home: 'Home',
    trail: 'Breadcrumb',
    english: '',
  },
} as const

/** The list of guides. */
export const GuidesPage = ({ language }: { readonly language: Language }) => {
  const said = words[language]
  return (
    <Shell language={language} title={said.title} otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/guides`}>
      <div class="doc">
        <Trail label={said.trail} steps={[{ name: said.home, href: `/${language}` }]} />
        <h1>{said.title}</h1>
        <p class="lead">{said.lead}</p>
        <ul class="points">
          {guides.map((guide: GuideEntry) => (
            <li>
              <a href={`/${language}/guides/${guide.name}`}>{guide.title[language]}</a>
              {languageFor(guide, language) === language ? null : <span class="faint"> ({said.english})</span>}
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  )
}
