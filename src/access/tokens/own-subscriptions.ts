import type { ApiVersion, Environment, Subscription } from '#contract'

/** What a token opens without a subscription of its application: every API of the platform of which it holds one scope at least, and those that ask for none. */
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
  const own = [...api.scopes[environment], ...(api.dataScopes ?? [])]
  return own.length === 0 || own.some((scope) => scopes.has(scope))
}
