import type { Child, FC } from 'hono/jsx'
import type { Language } from '#base'
import { DocumentFrame } from './document-frame.js'
import { LanguageLink } from './language-link.js'
import { Mark } from './mark.js'

export interface FocusedShellProps {
  readonly language: Language
  readonly title: string
  /** The same page in the other language; absent where there is no address to come back to. */
  readonly otherLanguageHref?: string
  /** Room for a long list of choices beside one another. */
  readonly wide?: boolean
  readonly children?: Child
}

const foot = {
  fr: 'Cette page n’utilise que les cookies nécessaires à la connexion.',
  en: 'This page uses only the cookies that signing in needs.',
} as const

/** The frame of a page with one task (sign in, agree, sign out): no navigation that would lead away from it. */
export const FocusedShell: FC<FocusedShellProps> = ({ language, title, otherLanguageHref, wide, children }) => (
  <DocumentFrame language={language} title={title} shell={wide === true ? 'focused wide-page' : 'focused'}>
    <header class="top">
      <p class="brand">
        <Mark />
        Portique
      </p>
      {otherLanguageHref === undefined ? null : <LanguageLink language={language} href={otherLanguageHref} />}
    </header>
    <main id="content" tabindex={-1}>
      {children}
    </main>
    <footer>
      <p>{foot[language]}</p>
    </footer>
  </DocumentFrame>
)
