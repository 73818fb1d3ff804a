import type { Child, FC } from 'hono/jsx'
import type { Language } from '#base'

export interface ShellProps {
  readonly language: Language
  readonly title: string
  /** The same page in the other language. */
  readonly otherLanguageHref: string
  readonly children?: Child
}

const words = {
  fr: {
    skip: 'Aller au contenu',
    other: 'English',
    otherLanguage: 'en',
    foot: 'Portique, plateforme d’API pour les administrations.',
  },
  en: {
    skip: 'Skip to content',
    other: 'Français',
    otherLanguage: 'fr',
    foot: 'Portique, an API platform for public administrations.',
  },
} as const

/** The frame of every page: skip link, name, language, content. */
export const Shell: FC<ShellProps> = ({ language, title, otherLanguageHref, children }) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title} · Portique</title>
      <link rel="stylesheet" href="/assets/portique.css" />
    </head>
    <body>
      <a class="skip" href="#content">
        {words[language].skip}
      </a>
      <header>
        <a class="name" href={`/${language}`}>
          Portique
        </a>
        <a href={otherLanguageHref} lang={words[language].otherLanguage} hreflang={words[language].otherLanguage}>
          {words[language].other}
        </a>
      </header>
      <main id="content">{children}</main>
      <footer>{words[language].foot}</footer>
    </body>
  </html>
)
