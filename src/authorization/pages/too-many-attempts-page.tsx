import { durationInWords, FocusedShell, renderDocument } from '#theme'
import type { PageContext } from './page-context.js'

export interface TooManyAttemptsPageProps extends PageContext {
  /** As said in `Retry-After`. */
  readonly retryAfterSeconds: number
  /** The sign-in page, a path of ours; absent: no link. */
  readonly retryHref?: string
}

const words = {
  fr: {
    title: 'Trop d’essais',
    happened: 'Trop de connexions ont échoué. Pour protéger les comptes, la connexion est suspendue.',
    wait: 'Réessayez dans',
    again: 'Revenir à la connexion',
  },
  en: {
    title: 'Too many attempts',
    happened: 'Too many sign-ins failed. To protect accounts, signing in is paused.',
    wait: 'Try again in',
    again: 'Back to signing in',
  },
} as const

/** The page of a 429; the same whether or not the account exists. */
export function renderTooManyAttemptsPage(props: TooManyAttemptsPageProps): string {
  const { language, retryAfterSeconds, retryHref, ...rest } = props
  const said = words[language]
  return renderDocument(
    <FocusedShell language={language} title={said.title} {...rest}>
      <h1>{said.title}</h1>
      <div class="card">
        <p>{said.happened}</p>
        <p>
          {said.wait} <strong>{durationInWords(retryAfterSeconds, language)}</strong>.
        </p>
      </div>
      {retryHref === undefined ? null : (
        <p>
          <a href={retryHref}>{said.again}</a>
        </p>
      )}
    </FocusedShell>,
  )
}
