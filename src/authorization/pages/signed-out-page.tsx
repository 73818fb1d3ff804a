import { FocusedShell, Name, renderDocument } from '#theme'
import { outsideHref } from './outside-href.js'
import type { PageContext } from './page-context.js'

export interface SignedOutPageProps extends PageContext {
  readonly realmTitle: string
  /** An application to go back to, by an address it registered; absent: no link. */
  readonly returnTo?: { readonly name: string; readonly href: string }
}

const words = {
  fr: {
    title: 'Déconnexion effectuée',
    text: 'Sur un ordinateur partagé, fermez aussi le navigateur.',
    back: 'Revenir à',
  },
  en: {
    title: 'You are signed out',
    text: 'On a shared computer, close the browser too.',
    back: 'Back to',
  },
} as const

/** The page after signing out, when no application gets the person back. */
export function renderSignedOutPage({ language, realmTitle, returnTo, ...rest }: SignedOutPageProps): string {
  const said = words[language]
  const href = outsideHref(returnTo?.href)
  return renderDocument(
    <FocusedShell language={language} title={said.title} {...rest}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      <p>{said.text}</p>
      {href === null || returnTo === undefined ? null : (
        <p>
          <a class="button" href={href}>
            <span>
              {said.back} <Name of={returnTo.name} />
            </span>
          </a>
        </p>
      )}
    </FocusedShell>,
  )
}
