import { type Access, rightsOf } from '#access'
import type { ApiVersion, Environment, Platform } from '#contract'
import type { DevApplication, DevToken } from './dev-file.js'

const actor = 'dev'

/**
 * Long-lived tokens of the demo applications, on the platforms that have such tokens: one with every scope for the sandbox and, where a
 * simulation serves production too, for production; and one for each that the tour shows. Made at the first start, kept from then on.
 */
export async function demoTokens(
  { tokens, snapshot }: Pick<Access, 'tokens' | 'snapshot'>,
  platforms: readonly Platform[],
  applications: readonly DevApplication[],
): Promise<readonly DevToken[]> {
  const made: DevToken[] = []
  for (const platform of platforms.filter((each) => each.tokens != null)) {
    const apis = snapshot().apis.filter((api) => api.platform === platform.id)
    for (const wanted of wantedOf(platform, apis)) {
      const application = applications.find(
        (each) => each.platform === platform.id && each.environment === wanted.environment && each.type === 'private',
      )
      if (application === undefined) continue
      made.push(await demoToken(tokens, application, wanted))
    }
  }
  return made
}

interface Wanted {
  readonly environment: Environment
  readonly title: string
  readonly scopes: readonly string[]
  readonly rights: readonly string[]
}

function wantedOf(platform: Platform, apis: readonly ApiVersion[]): readonly Wanted[] {
  const rights = [...rightsOf(apis)]
  const everything = (environment: Environment): Wanted => ({
    ...{ environment, title: 'Démo', rights },
    scopes: [...new Set(apis.flatMap((api) => [...api.scopes[environment], ...(api.dataScopes ?? [])]))],
  })
  const simulated = apis.some(({ upstreams }) => upstreams.production === 'sandbox')
  return [
    everything('sandbox'),
    ...(simulated ? [everything('production')] : []),
    ...(platform.tour ?? []).flatMap((stop) =>
      stop.kind === 'sandbox-token'
        ? [{ environment: 'sandbox' as const, title: 'Démo, visite', scopes: stop.scope.split(' '), rights: [] }]
        : [],
    ),
  ]
}

async function demoToken(
  tokens: Access['tokens'],
  { client_id: applicationId, platform }: DevApplication,
  { environment, title, scopes, rights }: Wanted,
): Promise<DevToken> {
  const known = (await tokens.list({ applicationId })).find(
    (each) => each.title === title && each.state === 'live' && each.scopes.join(' ') === scopes.join(' '),
  )
  const { token } =
    known === undefined
      ? await tokens.create({ applicationId, title, scopes, rights, actor })
      : await tokens.show(known.id)
  return { platform, environment, token, scopes }
}
