import type { ServerResponse } from 'node:http'
import type { Language } from '#base'
import { type ErrorKind, renderErrorPage } from '../pages/index.js'
import { requestIdOf } from './visit.js'

interface Shown {
  readonly kind: ErrorKind
  readonly language: Language
  readonly otherLanguageHref: string | undefined
  readonly technical: string
  readonly response: ServerResponse
}

/** What went wrong, as a page that leads nowhere: an address that is not registered is never gone to (RFC 9700 section 4.1). */
export const showError = ({ kind, language, otherLanguageHref, technical, response }: Shown): string =>
  renderErrorPage({
    ...{ language, kind, technical, requestId: requestIdOf(response) },
    ...(otherLanguageHref !== undefined && { otherLanguageHref }),
  })

/** The library's errors as people understand them. */
export function errorKindOf(error: Error, { error: code }: { readonly error: string }): { readonly kind: ErrorKind } {
  if (error.name === 'InvalidRedirectUri') return { kind: 'unregistered_redirect' }
  if (code === 'invalid_client') return { kind: 'unknown_application' }
  if (error.name === 'SessionNotFound' || code === 'expired') return { kind: 'expired' }
  if (code === 'temporarily_unavailable') return { kind: 'unavailable' }
  return { kind: code === 'server_error' ? 'fault' : 'bad_request' }
}
