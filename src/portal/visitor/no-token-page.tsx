import type { Language } from '#base'
import { Shell } from '#theme'
import { words } from './words.js'

interface NoTokenPageProps {
  readonly language: Language
  readonly platform: string
  readonly title: string
  /** What stands in the way, and what to do. */
  readonly text: string
}

/** Why a visitor gets no token. */
export const NoTokenPage = ({ language, platform, title, text }: NoTokenPageProps) => (
  <Shell
    language={language}
    title={title}
    otherLanguageHref={`/${language === 'fr' ? 'en' : 'fr'}/apis/${encodeURIComponent(platform)}`}
  >
    <h1>{title}</h1>
    <p class="lead">{text}</p>
    <p>
      <a class="button" href={`/${language}/apis/${encodeURIComponent(platform)}`}>
        {words[language].back}
      </a>
    </p>
  </Shell>
)
