import type { Language } from '#base'
import type { ApiVersion, Platform } from '#contract'
import { Name } from '#theme'
import { ApiCard } from './api-card.js'
import { type ApiVersions, arrangeApis } from './arrange-apis.js'

interface PlatformSectionProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
}

const words = {
  fr: {
    none: 'Aucune API publiée sur cette plateforme.',
    retiring: 'Bientôt retirées',
    plumbing: 'Services de la plateforme',
  },
  en: {
    none: 'No API is published on this platform.',
    retiring: 'Retiring soon',
    plumbing: 'Services of the platform',
  },
} as const

/** A platform and its APIs, what people look for first, the rest folded. */
export const PlatformSection = ({ language, platform, apis }: PlatformSectionProps) => (
  <section class="platform" id={`platform-${platform.id}`} aria-labelledby={`platform-${platform.id}-title`}>
    <h2 id={`platform-${platform.id}-title`}>
      <a href={`/${language}/apis/${platform.id}`}>
        <Name of={platform.title[language]} strong={false} />
      </a>
    </h2>
    {apis.length === 0 ? <p class="faint">{words[language].none}</p> : <Groups language={language} apis={apis} />}
  </section>
)

const Groups = ({ language, apis }: Pick<PlatformSectionProps, 'language' | 'apis'>) => {
  const { first, plumbing, retiring } = arrangeApis(apis, language)
  const grid = (some: readonly ApiVersions[]) =>
    some.length === 0 ? null : (
      <ul class="grid">
        {some.map((versions) => (
          <ApiCard language={language} versions={versions} />
        ))}
      </ul>
    )
  const folded = (summary: string, some: readonly ApiVersions[]) =>
    some.length === 0 ? null : (
      <details>
        <summary>
          {summary} <span class="count">{some.length}</span>
        </summary>
        {grid(some)}
      </details>
    )
  return (
    <>
      {grid(first)}
      {folded(words[language].retiring, retiring)}
      {folded(words[language].plumbing, plumbing)}
    </>
  )
}
