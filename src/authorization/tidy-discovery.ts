import type { Realm } from '#contract'
import { responseModes } from './response-modes.js'

/** Members of the library's document that only mean something where people sign in. */
const signInMembers = [
  'authorization_endpoint',
  'authorization_response_iss_parameter_supported',
  'acr_values_supported',
  'claim_types_supported',
  'claims_parameter_supported',
  'claims_supported',
  'code_challenge_methods_supported',
  'end_session_endpoint',
  'id_token_signing_alg_values_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'response_modes_supported',
  'subject_types_supported',
  'token_endpoint_auth_signing_alg_values_supported',
]

/** Says what the realm does and nothing else (RFC 8414 section 2). */
export function tidyDiscovery(
  document: Readonly<Record<string, unknown>>,
  realm: Realm,
  scopes: (own: readonly string[]) => readonly string[],
): Record<string, unknown> {
  const own = namesIn(document.scopes_supported)
  const methods = namesIn(document.token_endpoint_auth_methods_supported)
  const tidy: Record<string, unknown> = {
    ...document,
    scopes_supported: scopes(own),
    grant_types_supported: realm.flows,
    // Absent they would mean HTTP Basic (RFC 8414 section 2).
    revocation_endpoint_auth_methods_supported: methods,
    introspection_endpoint_auth_methods_supported: methods.filter((method) => method !== 'none'),
  }
  if (realm.flows.includes('authorization_code')) {
    const claims = namesIn(document.claims_supported).filter((claim) => claim !== 'sid')
    return { ...tidy, claims_supported: claims, response_modes_supported: responseModes }
  }
  for (const member of signInMembers) delete tidy[member]
  return tidy
}

const namesIn = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : [])
