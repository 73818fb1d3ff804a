import { FocusedShell, Name, renderDocument } from '#theme'
import type { ApplicationShown } from './application-shown.js'
import { AskingApplication } from './asking-application.js'
import { CancelForm } from './cancel-form.js'
import { LocalAccountForm, type LocalAccountProps } from './local-account-form.js'
import type { CsrfField, PageContext } from './page-context.js'

export interface SignInPageProps extends PageContext {
  /** The realm in words, in the page's language, e.g. « Demandeurs d’emploi et candidats ». */
  readonly realmTitle: string
  readonly application: ApplicationShown
  readonly csrf: CsrfField
  /** The realm's own accounts; absent: it has none. */
  readonly localAccount?: LocalAccountProps
  /** Other places where the person may prove who they are, by their name; `href` is a path of ours that leads there. */
  readonly upstreams: readonly { readonly name: string; readonly href: string }[]
  /** Where « Annuler » posts: the interaction answers `access_denied` to the application. */
  readonly cancelAction: string
}

const words = {
  fr: {
    title: 'Se connecter',
    asks: 'Pour continuer vers',
    or: 'ou',
    upstream: 'Continuer avec',
    nowhere: 'La connexion est fermée pour l’instant.',
  },
  en: {
    title: 'Sign in',
    asks: 'To continue to',
    or: 'or',
    upstream: 'Continue with',
    nowhere: 'Signing in is closed for now.',
  },
} as const

/** The sign-in page of a realm, as a document. */
export function renderSignInPage(props: SignInPageProps): string {
  const { language, realmTitle, application, csrf, localAccount, upstreams, cancelAction, ...rest } = props
  const said = words[language]
  const failed = localAccount?.failure !== undefined
  const title = `${failed ? { fr: 'Erreur\u00a0: ', en: 'Error: ' }[language] : ''}${said.title}, ${realmTitle}`
  return renderDocument(
    <FocusedShell language={language} title={title} {...rest}>
      <p class="eyebrow">
        <Name of={realmTitle} strong={false} />
      </p>
      <h1>{said.title}</h1>
      <p>
        {said.asks} <AskingApplication application={application} />
      </p>
      <div class="card">
        {upstreams.length === 0 ? null : (
          <ul class="plain choices">
            {upstreams.map(({ name, href }) => (
              <li>
                <a class="button wide" href={href}>
                  <span>
                    {said.upstream} <Name of={name} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )}
        {upstreams.length > 0 && localAccount ? <p class="or">{said.or}</p> : null}
        {localAccount ? <LocalAccountForm language={language} csrf={csrf} {...localAccount} /> : null}
        {upstreams.length === 0 && !localAccount ? <p>{said.nowhere}</p> : null}
      </div>
      <CancelForm language={language} action={cancelAction} csrf={csrf} applicationName={application.name} />
    </FocusedShell>,
  )
}
