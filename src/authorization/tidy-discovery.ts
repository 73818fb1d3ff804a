import type { Realm } from '#contract'

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
  const own = Array.isArray(document.scopes_supported) ? document.scopes_supported.map(String) : []
  const tidy: Record<string, unknown> = {
    ...document,
    scopes_supported: scopes(own),
    grant_types_supported: realm.flows,
  }
  if (realm.flows.includes('authorization_code')) {
    return { ...tidy, response_modes_supported: ['query', 'fragment'] }
  }
  for (const member of signInMembers) delete tidy[member]
  return tidy
}
