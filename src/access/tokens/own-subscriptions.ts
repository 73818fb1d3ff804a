import type { ApiVersion, Environment, Subscription } from '#contract'

interface HeldFor {
  readonly platform: string
  readonly environment: Environment
  readonly mayOpen?: (api: ApiVersion) => boolean
}

/**
 * What a token opens without a subscription of its application: every API of the platform whose scopes are asked for at each call, since that check
 * is the stricter one and comes after the call was counted, and else those of which it holds one scope at least. `mayOpen`: what its holder is kept to, whatever scopes it shares with others.
 */
export function ownSubscriptions(
  scopes: ReadonlySet<string>,
  { platform, environment: place, mayOpen = () => true }: HeldFor,
): (api: ApiVersion, environment: Environment) => Subscription | undefined {
  const known = new WeakMap<ApiVersion, Subscription | 'none'>()
  return (api, environment) => {
    if (api.platform !== platform || environment !== place) return undefined
    let found = known.get(api)
    if (found === undefined) {
      found =
        mayOpen(api) && opens(api, scopes, environment)
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
