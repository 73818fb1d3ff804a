import type { Language } from '#base'
import {
  type ErrorKind,
  renderConsentPage,
  renderConsentsPage,
  renderErrorPage,
  renderPersonaPage,
  renderSignedOutPage,
  renderSignInPage,
  renderSignOutPage,
  renderTooManyAttemptsPage,
} from '../../src/authorization/pages/index.js'
import {
  consentProps,
  consentsProps,
  context,
  errorProps,
  personaProps,
  signInProps,
  signOutProps,
} from './example-props.js'
import type { Reword } from './hostile-strings.js'

type Render = (language: Language, reword: Reword) => string

const plainError = (kind: ErrorKind): [string, Render] => [
  `error-${kind}`,
  (language, reword) => renderErrorPage(reword({ ...errorProps(language), kind })),
]

/** Every page of signing in, in each of its states, by name; `reword` may change every string of its props. */
export const examplePages: ReadonlyMap<string, Render> = new Map<string, Render>([
  ['sign-in', (language, reword) => renderSignInPage(reword(signInProps(language)))],
  [
    'sign-in-refused',
    (language, reword) => {
      const localAccount = { action: '/post', identifier: 'angela@exemple.fr', failure: 'refused' } as const
      return renderSignInPage(reword({ ...signInProps(language), localAccount }))
    },
  ],
  [
    'sign-in-empty',
    (language, reword) => {
      const localAccount = { action: '/post', failure: 'empty_password', identifier: 'angela' } as const
      return renderSignInPage(reword({ ...signInProps(language), localAccount, upstreams: [] }))
    },
  ],
  ['personas', (language, reword) => renderPersonaPage(reword(personaProps(language)))],
  ['consent', (language, reword) => renderConsentPage(reword(consentProps(language)))],
  ['consents', (language, reword) => renderConsentsPage(reword(consentsProps(language)))],
  [
    'consents-empty',
    (language, reword) => {
      const { withdrawn, ...props } = consentsProps(language)
      return renderConsentsPage(reword({ ...props, consents: [] }))
    },
  ],
  plainError('unregistered_redirect'),
  plainError('expired'),
  ['sign-out', (language, reword) => renderSignOutPage(reword(signOutProps(language)))],
  [
    'signed-out',
    (language, reword) =>
      renderSignedOutPage(
        reword({
          ...context(language, 'signed-out'),
          realmTitle: 'Agents',
          returnTo: { name: 'Mon parcours emploi', href: 'https://parcours.exemple.fr/' },
        }),
      ),
  ],
  [
    'too-many-attempts',
    (language, reword) =>
      renderTooManyAttemptsPage(
        reword({ ...context(language, 'too-many-attempts'), retryAfterSeconds: 900, retryHref: '/sign-in' }),
      ),
  ],
])
