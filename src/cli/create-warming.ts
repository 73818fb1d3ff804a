import { type ApiVersion, type CatalogSnapshot, environments } from '#contract'

export interface WarmingNeeds {
  readonly snapshot: () => Pick<CatalogSnapshot, 'apis'>
  readonly warm: (api: ApiVersion) => Promise<void>
}

/**
 * A token announces calls: what the sandbox answers them from is read while its holder still prepares the first.
 * Before, nobody may ever ask for it, and it would only take memory.
 */
export function createWarming({ snapshot, warm }: WarmingNeeds): (platform: string, scope: string) => void {
  const begun = new WeakSet<ApiVersion>()
  let told = { of: snapshot(), scopes: new Set<string>() }
  let warming = Promise.resolve()
  return (platform, scope) => {
    const now = snapshot()
    if (now !== told.of || told.scopes.size > scopesMax) told = { of: now, scopes: new Set() }
    const key = `${platform} ${scope}`
    if (told.scopes.has(key)) return
    told.scopes.add(key)
    const held = new Set(scope.split(' '))
    for (const api of now.apis) {
      if (api.platform !== platform || begun.has(api) || !isOpened(api, held)) continue
      begun.add(api)
      warming = warming.then(() => warm(api))
    }
  }
}

const scopesMax = 1_000

/** Whether a token with these scopes may call an environment of it that the sandbox answers. */
const isOpened = ({ upstreams, scopes }: ApiVersion, held: ReadonlySet<string>): boolean =>
  environments.some(
    (environment) => upstreams[environment] === 'sandbox' && scopes[environment].every((scope) => held.has(scope)),
  )
