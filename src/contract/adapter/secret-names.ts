import type { ProviderCredentials } from './adapter.js'

/** Names of the secrets that prove us, the public part first. */
export function secretNames(credentials: ProviderCredentials): readonly string[] {
  if (credentials.kind === 'api-key') return [credentials.secret]
  if (credentials.kind === 'basic') return [credentials.username, credentials.password]
  return [credentials.clientId, credentials.clientSecret]
}
