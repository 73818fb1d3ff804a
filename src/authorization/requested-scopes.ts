import type { OAuthHabits } from '#contract'
import type { ClientRequest } from './client-request.js'

/** The scopes asked for, in the order given, without those that the platform accepts and drops. Whether they are allowed is decided once the client is proven. */
export function requestedScopes({ form, clientId }: ClientRequest, habits: OAuthHabits): readonly string[] {
  const ignored = ignoredScopes(habits, clientId)
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '' && !ignored.has(scope))
  return [...new Set(asked)]
}

/** Scopes that the platform accepts and drops. */
export const ignoredScopes = (habits: OAuthHabits, clientId: string): ReadonlySet<string> =>
  new Set(habits.ignoredScopes.map((scope) => scope.replace('{client_id}', () => clientId)))
