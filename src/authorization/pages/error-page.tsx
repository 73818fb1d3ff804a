import { FocusedShell, renderDocument, tame } from '#theme'
import type { PageContext } from './page-context.js'

/** What went wrong, as far as the person is concerned. */
export type ErrorKind =
  | 'unregistered_redirect'
  | 'unknown_application'
  | 'bad_request'
  | 'expired'
  | 'unavailable'
  | 'fault'

export interface ErrorPageProps extends PageContext {
  readonly kind: ErrorKind
  /** So that a letter to support finds the log line. */
  readonly requestId: string
  /** The OAuth error and its public description, for who built the application; never internal detail. */
  readonly technical?: string
}

const retry = {
  fr: 'Revenez à l’application d’où vous venez et recommencez.',
  en: 'Go back to the application you came from and start again.',
} as const
const tellBuilder = {
  fr: 'Revenez à l’application d’où vous venez et signalez-lui cette erreur\u00a0: elle seule peut la corriger.',
  en: 'Go back to the application you came from and report this error to it: only it can put this right.',
} as const

const words: Readonly<
  Record<ErrorKind, Readonly<Record<'fr' | 'en', { title: string; happened: string; todo: string }>>>
> = {
  unregistered_redirect: {
    fr: {
      title: 'Retour impossible vers cette application',
      happened:
        'L’adresse de retour demandée n’est pas déclarée par l’application. Par sécurité, nous ne vous y envoyons pas, et aucune donnée n’a été transmise.',
      todo: tellBuilder.fr,
    },
    en: {
      title: 'We cannot send you back to this application',
      happened:
        'The return address asked for is not registered by the application. For your safety we do not send you there, and no data was shared.',
      todo: tellBuilder.en,
    },
  },
  unknown_application: {
    fr: {
      title: 'Application inconnue',
      happened: 'L’application qui demande à vous connecter n’est pas inscrite ici, ou ne l’est plus.',
      todo: tellBuilder.fr,
    },
    en: {
      title: 'Unknown application',
      happened: 'The application that asks you to sign in is not registered here, or no longer is.',
      todo: tellBuilder.en,
    },
  },
  bad_request: {
    fr: {
      title: 'Demande mal formée',
      happened: 'La demande de connexion de l’application n’a pas pu être comprise.',
      todo: tellBuilder.fr,
    },
    en: {
      title: 'Malformed request',
      happened: 'The application’s request to sign you in could not be understood.',
      todo: tellBuilder.en,
    },
  },
  expired: {
    fr: {
      title: 'Cette page a expiré',
      happened: 'La connexion a été commencée il y a trop longtemps, dans un autre navigateur, ou a déjà servi.',
      todo: retry.fr,
    },
    en: {
      title: 'This page has expired',
      happened: 'Signing in was started too long ago, in another browser, or was already used.',
      todo: retry.en,
    },
  },
  unavailable: {
    fr: {
      title: 'Service momentanément indisponible',
      happened: 'La connexion ne répond pas pour l’instant. Vos données ne sont pas en cause.',
      todo: 'Réessayez dans quelques minutes.',
    },
    en: {
      title: 'Service unavailable for now',
      happened: 'Signing in does not answer at the moment. Your data are not affected.',
      todo: 'Try again in a few minutes.',
    },
  },
  fault: {
    fr: {
      title: 'Une erreur est survenue',
      happened: 'Une erreur de notre côté a interrompu la connexion.',
      todo: `${retry.fr} Si l’erreur persiste, donnez la référence ci-dessous à l’assistance.`,
    },
    en: {
      title: 'Something went wrong',
      happened: 'An error on our side interrupted signing in.',
      todo: `${retry.en} If it happens again, give the reference below to support.`,
    },
  },
}

const labels = {
  fr: { todo: 'Que faire\u00a0?', reference: 'Référence', technical: 'Pour les équipes techniques' },
  en: { todo: 'What can I do?', reference: 'Reference', technical: 'For technical teams' },
} as const

/** The page for what cannot go back to the application; it links nowhere, least of all to an address nobody registered (RFC 6749 section 4.1.2.1). */
export function renderErrorPage({ language, kind, requestId, technical, ...rest }: ErrorPageProps): string {
  const { title, happened, todo } = words[kind][language]
  return renderDocument(
    <FocusedShell language={language} title={title} {...rest}>
      <h1>{title}</h1>
      <div class="card">
        <p>{happened}</p>
        <h2>{labels[language].todo}</h2>
        <p>{todo}</p>
        <p class="faint">
          {labels[language].reference} <code class="reference">{tame(requestId, 100)}</code>
        </p>
      </div>
      {technical === undefined ? null : (
        <details>
          <summary>{labels[language].technical}</summary>
          <p>
            <bdi>
              <code>{tame(technical, 500)}</code>
            </bdi>
          </p>
        </details>
      )}
    </FocusedShell>,
  )
}
