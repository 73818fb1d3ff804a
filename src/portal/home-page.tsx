import type { Language } from '#base'
import { Name, Shell } from '#theme'
import { PlatformSection, type PlatformSectionProps } from './platform-section.js'

const words = {
  fr: {
    title: 'Les API publiées',
    lead: 'Chaque API répond ici comme en production, avec des données inventées\u00a0: mêmes adresses, mêmes jetons, mêmes quotas, mêmes erreurs.',
    guides: 'Lire les guides',
    contents: 'Plateformes',
    count: (apis: number) => `${apis} API`,
    nothing: 'Rien n’est publié pour l’instant.',
  },
  en: {
    title: 'Published APIs',
    lead: 'Every API answers here as it does in production, with made-up data: same addresses, tokens, quotas and errors.',
    guides: 'Read the guides',
    contents: 'Platforms',
    count: (apis: number) => `${apis} ${apis === 1 ? 'API' : 'APIs'}`,
    nothing: 'Nothing is published yet.',
  },
} as const

interface HomeProps {
  readonly language: Language
  /** Whether there are guides to read. */
  readonly guides: boolean
  readonly platforms: readonly Omit<PlatformSectionProps, 'language'>[]
}

/** The front page: every platform and, under it, every API on the air. */
export const HomePage = ({ language, guides, platforms }: HomeProps) => {
  const said = words[language]
  return (
    <Shell language={language} title={said.title} otherLanguageHref={language === 'fr' ? '/en' : '/fr'}>
      <h1>{said.title}</h1>
      <p class="lead">{platforms.length === 0 ? said.nothing : said.lead}</p>
      {guides ? (
        <p>
          <a href={`/${language}/guides`}>{said.guides}</a>
        </p>
      ) : null}
      {platforms.length < 2 ? null : (
        <nav aria-label={said.contents}>
          <ul class="contents">
            {platforms.map(({ platform, apis }) => (
              <li>
                <a href={`#platform-${platform.id}`}>
                  <Name of={platform.title[language]} strong={false} />{' '}
                  <span class="count">{said.count(new Set(apis.map(({ code }) => code)).size)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {platforms.map((one) => (
        <PlatformSection language={language} {...one} />
      ))}
    </Shell>
  )
}
