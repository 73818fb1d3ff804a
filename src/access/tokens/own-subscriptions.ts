import type { ApiVersion, Environment, Subscription } from '#contract'

/**
 * What a token opens without a subscription of its application: every API of the platform whose scopes are asked for at each call, since that check
 * is the stricter one and comes after the call was counted, and else those of which it holds one scope at least.
 */
export function ownSubscriptions(
  scopes: ReadonlySet<string>,
  held: { readonly platform: string; readonly environment: Environment },
): (api: ApiVersion, environment: Environment) => Subscription | undefined {
  const known = new WeakMap<ApiVersion, Subscription | 'none'>()
  return (api, environment) => {
    if (api.platform !== held.platform || environment !== held.environment) return undefined
    let found = known.get(api)
    if (found === undefined) {
      found = opens(api, scopes, environment)
        ? Object.freeze({ apiId: api.id, environment, quotas: [], endsAt: null })
        : 'none'
      known.set(api, found)
    }
    return found === 'none' ? undefined : found
  }
}

function opens(api: ApiVersion, scopes: ReadonlySet<string>, environment: Environment): boolean {
  const asked = api.scopes[environment]
  const shown = api.dataScopes ?? []
  if (asked.length > 0 || shown.length === 0 || api.shapingScopes === true) return true
  return shown.some((scope) => scopes.has(scope))
}
