import type { KoaContextWithOIDC } from 'oidc-provider'
import type { LibraryFault } from './library-fault.js'

/** What the library leaves without a word. */
const words: Readonly<Record<string, string>> = {
  request_not_supported: 'request objects are not supported: send the parameters themselves',
  request_uri_not_supported: 'only a request_uri that the pushed authorization request endpoint gave is supported',
  unsupported_response_mode: 'response_mode must be query or fragment',
  unsupported_response_type: 'Unsupported response_type value',
}

/** A fault of an authorization request in words that say what is wrong. */
export function clearerFault({ oidc }: KoaContextWithOIDC, fault: LibraryFault): LibraryFault {
  const { error = '', error_description, error_detail, scope, statusCode, expose } = fault
  // Without a response type the library finds fault with the response mode, which nobody sent.
  if (error === 'invalid_request' && oidc.params !== undefined && oidc.params.response_type === undefined)
    return { error, error_description: 'missing required parameter: response_type', statusCode, expose }
  return { error, error_description: words[error] ?? error_description, error_detail, scope, statusCode, expose }
}
