import type { Child, FC } from 'hono/jsx'
import type { Language } from '#base'
import { DocumentFrame } from './document-frame.js'
import { LanguageLink } from './language-link.js'
import { Mark } from './mark.js'

export interface ShellProps {
  readonly language: Language
  readonly title: string
  /** The same page in the other language. */
  readonly otherLanguageHref: string
  readonly children?: Child
}

const foot = {
  fr: 'Portique, plateforme d’API pour les administrations.',
  en: 'Portique, an API platform for public administrations.',
} as const

/** The frame of the portal's pages: name and way home, language, content. */
export const Shell: FC<ShellProps> = ({ language, title, otherLanguageHref, children }) => (
  <DocumentFrame language={language} title={title} shell="site">
    <header class="top">
      <a class="brand" href={`/${language}`}>
        <Mark />
        Portique
      </a>
      <LanguageLink language={language} href={otherLanguageHref} />
    </header>
    <main id="content" tabindex={-1}>
      {children}
    </main>
    <footer>
      <p>{foot[language]}</p>
    </footer>
  </DocumentFrame>
)
