import type { Access } from '#access'
import type { OAuthHabits, Realm } from '#contract'
import { errors } from './oidc-provider.js'

export interface ProvenScopesOptions {
  readonly access: Access
  readonly realm: Realm
  readonly habits: OAuthHabits
}

export interface AskedScopes {
  readonly asked: readonly string[]
  /** Those that need no subscription. */
  readonly identity?: readonly string[]
}

/**
 * The scopes that a client is granted, asked only once it has proven who it is: all it asked for, since one wrong scope
 * refuses the whole request (design, decision 2); alone, the library would grant the others. Throws InvalidScope.
 */
export async function provenScopes(
  { access, realm, habits }: ProvenScopesOptions,
  clientId: string,
  { asked, identity = [] }: AskedScopes,
): Promise<readonly string[]> {
  await access.fresh(clientId)
  const allowed = access.allowedScopes(clientId, realm.name)
  const foreign = asked.filter((scope) => !allowed.has(scope) && !identity.includes(scope))
  if (foreign.length > 0) throw new errors.InvalidScope('requested scope is not allowed', foreign.join(' '))
  if (asked.length > 0) return asked
  // RFC 6749 section 3.3: a default, or a refusal.
  if (habits.missingScope === 'all') return [...allowed]
  throw new errors.InvalidScope('No scope requested and no default scope configured', '')
}
