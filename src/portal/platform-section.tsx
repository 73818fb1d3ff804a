import type { Language } from '#base'
import type { ApiVersion, Documentation, Platform } from '#contract'
import { Name, tame } from '#theme'
import { ApiGroups } from './api-groups.js'
import { documentedOrder } from './arrange-apis.js'

export interface PlatformSectionProps {
  readonly language: Language
  readonly platform: Platform
  readonly apis: readonly ApiVersion[]
  readonly documentation: Documentation
}

const none = {
  fr: 'Aucune API publiée sur cette plateforme.',
  en: 'No API is published on this platform.',
} as const

/** A platform, what it is for and its APIs. */
export const PlatformSection = ({ language, platform, apis, documentation }: PlatformSectionProps) => (
  <section class="platform" id={`platform-${platform.id}`} aria-labelledby={`platform-${platform.id}-title`}>
    <h2 id={`platform-${platform.id}-title`}>
      <a href={`/${language}/apis/${platform.id}`}>
        <Name of={platform.title[language]} strong={false} />
      </a>
    </h2>
    {documentation.lead === undefined ? null : <p>{tame(documentation.lead[language], 2_000)}</p>}
    {apis.length === 0 ? (
      <p class="faint">{none[language]}</p>
    ) : (
      <ApiGroups language={language} apis={apis} order={documentedOrder(documentation)} />
    )}
  </section>
)
