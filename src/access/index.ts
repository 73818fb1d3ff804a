/** Who may call what: applications, their credentials, tokens and subscriptions. Every change is one audited transaction, and the gateway's snapshot follows it at once. */
export type {
  Access,
  AccessOptions,
  ApplicationView,
  CatalogView,
  CredentialView,
  IssuedCredential,
  NewApplication,
  SubscriptionView,
} from './access.js'
export type { ApplicationRecord, LiveCredential } from './application-record.js'
export { createAccess } from './create-access.js'
export { hashSecret } from './hash-secret.js'
export type {
  ApiTokens,
  NewToken,
  ProvenToken,
  ShownToken,
  TokenFilter,
  TokenView,
  UnprovenToken,
  Visit,
  VisitorToken,
} from './tokens/api-tokens.js'
export { rightsOf } from './tokens/check-token.js'
export { isTokenText } from './tokens/token-text.js'
export { visitorApis } from './tokens/visitor-apis.js'
export { visitorTokenDays } from './tokens/visitor-tokens.js'
