import type { Language } from '#base'
import type { ApiVersion, Platform } from '#contract'
import { Name } from '#theme'
import { ApiCard } from './api-card.js'

interface PlatformSectionProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
}

const words = {
  fr: { none: 'Aucune API publiée sur cette plateforme.' },
  en: { none: 'No API is published on this platform.' },
} as const

/** A platform and its APIs, in the order of their titles. */
export const PlatformSection = ({ language, platform, apis }: PlatformSectionProps) => (
  <section class="platform" id={`platform-${platform.id}`} aria-labelledby={`platform-${platform.id}-title`}>
    <h2 id={`platform-${platform.id}-title`}>
      <a href={`/${language}/apis/${platform.id}`}>
        <Name of={platform.title[language]} strong={false} />
      </a>
    </h2>
    {apis.length === 0 ? (
      <p class="faint">{words[language].none}</p>
    ) : (
      <ul class="grid">
        {apis
          .toSorted((left, right) => left.title[language].localeCompare(right.title[language], language))
          .map((api) => (
            <ApiCard language={language} api={api} />
          ))}
      </ul>
    )}
  </section>
)
