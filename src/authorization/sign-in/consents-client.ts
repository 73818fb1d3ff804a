import type { ClientMetadata } from 'oidc-provider'

/** Under this name the page of consents sends its visitors to sign in; no application can have it. */
export const consentsClientId = 'portique.consents'

/** Like any application the page only ever gets a code, which it never redeems: what it wants is the session. */
export const consentsClient = (redirectUri: string, placeholder: string): ClientMetadata => ({
  client_id: consentsClientId,
  client_secret: placeholder,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [redirectUri],
  token_endpoint_auth_method: 'client_secret_post',
})
