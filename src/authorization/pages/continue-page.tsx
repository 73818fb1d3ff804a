import { FocusedShell, Name, renderDocument } from '#theme'
import type { PageContext } from './page-context.js'

export interface ContinuePageProps extends Pick<PageContext, 'language'> {
  readonly application: { readonly name: string }
  /** The whole registered redirect URI with the answer in its query; the caller has checked it. */
  readonly href: string
}

const words = {
  fr: { title: 'Retour à l’application', go: 'Continuer vers' },
  en: { title: 'Back to the application', go: 'Continue to' },
} as const

const runsInPage = new Set(['javascript:', 'data:', 'blob:', 'vbscript:'])

/**
 * Leaves for the application by itself, with a link for who is left behind. Answered by a GET after a POST, it ends the form's navigation, so
 * that `form-action` (which Chromium applies to every later redirect, the application's own ones too) has nothing more to say.
 * @throws TypeError for what is no absolute address or would run in the page.
 */
export function renderContinuePage({ language, application, href }: ContinuePageProps): string {
  const url = new URL(href)
  if (runsInPage.has(url.protocol)) throw new TypeError('no address of an application')
  const said = words[language]
  return renderDocument(
    <FocusedShell language={language} title={said.title} continueTo={href}>
      <h1>{said.title}</h1>
      <p>
        <a class="button" href={href}>
          <span>
            {said.go} <Name of={application.name} />
          </span>
        </a>
      </p>
    </FocusedShell>,
  )
}
