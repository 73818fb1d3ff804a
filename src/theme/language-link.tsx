import type { FC } from 'hono/jsx'
import type { Language } from '#base'

interface LanguageLinkProps {
  readonly language: Language
  readonly href: string
}

const other = { fr: { code: 'en', name: 'English' }, en: { code: 'fr', name: 'Français' } } as const

/** The same page in the other language, named in that language. */
export const LanguageLink: FC<LanguageLinkProps> = ({ language, href }) => (
  <a class="language" href={href} lang={other[language].code} hreflang={other[language].code}>
    {other[language].name}
  </a>
)
