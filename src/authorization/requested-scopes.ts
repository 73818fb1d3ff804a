import type { OAuthHabits } from '#contract'
import type { ClientRequest } from './client-request.js'

/**
 * The scopes asked for, without those that the platform accepts and drops, in the order given; the habit of a
 * platform decides what none means (RFC 6749 section 3.3). Whether they are allowed is decided after authentication.
 */
export function requestedScopes(
  { form, clientId }: ClientRequest,
  habits: OAuthHabits,
  allowed: (clientId: string) => ReadonlySet<string>,
): readonly string[] {
  const ignored = new Set(habits.ignoredScopes.map((scope) => scope.replace('{client_id}', () => clientId)))
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '' && !ignored.has(scope))
  if (asked.length > 0 || habits.missingScope === 'refused') return [...new Set(asked)]
  return [...allowed(clientId)]
}
