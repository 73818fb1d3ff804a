/**
 * What may be said in the log of why a request was refused: words that stand in our code or the library's, never what came with the request.
 * Undefined for anything else: a value that somebody sent could be in it.
 */
export function knownReason(description: string | undefined): string | undefined {
  if (description === undefined) return undefined
  if (sentences.has(description)) return description
  const quoted = [...description.matchAll(/'([^']*)'/g)].map(([, name = '']) => name)
  const frame = description.replaceAll(/'[^']*'/g, '_')
  return lists.test(frame) && quoted.every((name) => parameters.has(name)) ? description : undefined
}

/** The library's sentences about parameters, their names apart. */
const lists = /^(missing required parameters? _(,? (and )?_)*|_(,? (and )?_)* parameters? must not be provided twice)$/

const parameters = new Set(
  [
    'client_id redirect_uri response_type response_mode scope state nonce prompt max_age display ui_locales claims_locales acr_values',
    'login_hint id_token_hint claims code_challenge code_challenge_method request request_uri resource registration',
    'post_logout_redirect_uri logout_hint dpop_jkt grant_type code code_verifier refresh_token token token_type_hint',
  ].flatMap((line) => line.split(' ')),
)

const sentences: ReadonlySet<string> = new Set([
  // Ours.
  'a parameter is repeated',
  'a parameter is too long',
  'a secret stands in the address',
  'a token stands in the address',
  'missing required parameter: response_type',
  'missing required parameter: state',
  'nothing of this name here',
  'only GET and POST are allowed here',
  'only POST is allowed here',
  'the Authorization header is repeated',
  'only a request_uri that the pushed authorization request endpoint gave is supported',
  'request objects are not supported: send the parameters themselves',
  'response_mode must be query or fragment',
  'Resource Owner did not authorize the request',
  'the body arrived too slowly',
  'the body is larger than 64 KiB',
  'the body must be application/x-www-form-urlencoded',
  'the body was cut short',
  'the sign-in was begun too long ago',
  'this answer is to no question of ours',
  'this form is not of this browser',
  'Too many failed attempts',
  'Try again in a moment',
  'unknown realm',
  'Unsupported response_type value',
  // Those of oidc-provider.
  'Authorization Server policy requires PKCE to be used for this request',
  'End-User authentication could not be obtained',
  'End-User authentication is required',
  'No scope requested and no default scope configured',
  'authorization request has expired',
  'authorization session and cookie identifier mismatch',
  'claims parameter should be a JSON object',
  'claims parameter should have userinfo or id_token properties',
  'claims.id_token should be an object',
  'claims.userinfo should be an object',
  'client authentication failed',
  'client is invalid',
  'client_id does not match the provided id_token_hint',
  'client not found',
  'code_challenge must be provided with code_challenge_method',
  'code_challenge_method must be provided',
  'could not decode id_token_hint',
  'could not parse the claims parameter JSON',
  'could not validate id_token_hint',
  'failed to parse the request body',
  'grant request is invalid',
  'id_token_hint and authenticated subject do not match',
  'interaction session and authentication session mismatch',
  'interaction session not found',
  'invalid max_age parameter value',
  'invalid request_uri',
  'invalid secret provided',
  'none of the requested ACRs could be obtained',
  'not supported value of code_challenge_method',
  'openid scope must be requested for this request',
  'openid scope must be requested for this response_type',
  'post_logout_redirect_uri not registered',
  'prompt none must only be used alone',
  "redirect_uri did not match any of the client's registered redirect_uris",
  'request and request_uri parameters MUST NOT be used together',
  'request_uri is invalid, expired, or was already used',
  'requested ACR could not be obtained',
  'requested response_mode is not allowed for the requested response_type',
  'requested response_mode is not allowed for this client or request',
  'requested response_type is not allowed for this client',
  'requested grant type is not allowed for this client',
  'requested scope is not allowed',
  'requested subject could not be obtained',
  'resource indicator must be an absolute URI',
  'resource indicator must not contain a fragment component',
  'scope contains invalid characters',
  'the provided authentication mechanism does not match the registered client authentication method',
  'unrecognized id_token_hint audience',
  'unsupported grant_type requested',
  'unsupported prompt value requested',
  'xsrf token invalid',
])
