import type { Language } from '#base'
import type { ApiVersion, CatalogSnapshot, Platform } from '#contract'
import { Shell } from '#theme'

const words = {
  fr: {
    title: 'Les API publiées',
    lead: 'Chaque API répond ici comme en production : mêmes adresses, mêmes jetons, mêmes quotas, mêmes erreurs.',
    version: 'version',
    none: 'Aucune API publiée sur cette plateforme.',
  },
  en: {
    title: 'Published APIs',
    lead: 'Every API answers here as it does in production: same addresses, tokens, quotas and errors.',
    version: 'version',
    none: 'No API is published on this platform.',
  },
} as const

interface HomeProps {
  readonly language: Language
  readonly snapshot: CatalogSnapshot
}

/** The front page: every platform and, under it, every API on the air. */
export const HomePage = ({ language, snapshot }: HomeProps) => (
  <Shell language={language} title={words[language].title} otherLanguageHref={language === 'fr' ? '/en' : '/fr'}>
    <h1>{words[language].title}</h1>
    <p class="lead">{words[language].lead}</p>
    {[...snapshot.platforms.values()].map((platform) => (
      <PlatformSection
        language={language}
        platform={platform}
        apis={snapshot.apis.filter((api) => api.platform === platform.id)}
      />
    ))}
  </Shell>
)

interface SectionProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
}

const PlatformSection = ({ language, platform, apis }: SectionProps) => (
  <section aria-labelledby={`platform-${platform.id}`}>
    <h2 id={`platform-${platform.id}`}>{platform.title[language]}</h2>
    {apis.length === 0 ? <p class="faint">{words[language].none}</p> : null}
    <ul class="cards">
      {apis.map((api) => (
        <li>
          <h3>{api.title[language]}</h3>
          <p>{api.description[language]}</p>
          <p class="faint">
            <code>{api.code}</code>, {words[language].version} {api.version}
          </p>
        </li>
      ))}
    </ul>
  </section>
)
