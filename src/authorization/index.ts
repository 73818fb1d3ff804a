/** The realms: one oidc-provider each, kept in the store; opaque tokens that a revocation, a suspension or a withdrawal ends on the very next call. */
export type { Authorization, AuthorizationOptions } from './authorization.js'
export { createAuthorization } from './create-authorization.js'
export type { AccountVerbs } from './sign-in/account-verbs.js'
export type { UpstreamSettings } from './sign-in/upstream.js'
