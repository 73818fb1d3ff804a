import type { Child, FC } from 'hono/jsx'
import type { Language } from '#base'
import { iconHref, stylesheetHref } from './assets.js'
import { tame } from './tame.js'

interface DocumentFrameProps {
  readonly language: Language
  readonly title: string
  /** Class of the body: which shell. */
  readonly shell: 'site' | 'focused' | 'focused wide-page'
  readonly children?: Child
}

const skip = { fr: 'Aller au contenu', en: 'Skip to content' } as const

/** What every document of ours has: language, title, stylesheet, skip link. */
export const DocumentFrame: FC<DocumentFrameProps> = ({ language, title, shell, children }) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{tame(title)} · Portique</title>
      <link rel="icon" type="image/svg+xml" href={iconHref} />
      <link rel="stylesheet" href={stylesheetHref} />
    </head>
    <body class={shell}>
      <a class="skip" href="#content">
        {skip[language]}
      </a>
      {children}
    </body>
  </html>
)
