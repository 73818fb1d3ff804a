import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { type Platform, type Realm, standardOAuthHabits } from '#contract'
import { keptSecret } from '#storage'
import { cookieNames } from './cookie-names.js'
import { createProvider } from './create-provider.js'
import { handOver } from './hand-over.js'
import type { Exchange, MountedRealm, RealmOptions } from './realm.js'
import { realmKeys, type SigningAlgorithm } from './realm-keys.js'
import { createSignIn } from './sign-in/create-sign-in.js'

export const realmName = (platform: Platform, realm: Realm) => `${platform.id}/${realm.name}`

/** RSA where people sign in: what every OpenID Connect client verifies (Core section 15.1). */
export const signingAlgorithm = (realm: Realm): SigningAlgorithm =>
  realm.flows.includes('authorization_code') ? 'RS256' : 'ES256'

export async function createRealm(options: RealmOptions): Promise<MountedRealm> {
  const { platform, realm, dialect, store, vault, clock } = options
  const name = realmName(platform, realm)
  const habits = platform.oauth ?? standardOAuthHabits
  const exchanges = new Map<IncomingMessage, Exchange>()
  const exchangeOf = (ctx: Pick<KoaContextWithOIDC, 'req'>) => exchanges.get(ctx.req)
  const cookieKey = await keptSecret({
    store,
    vault,
    name: `realm-cookies:${name}`,
    now: clock(),
    make: () => randomBytes(32).toString('base64url'),
  })
  const resource = new URL(realm.issuerPath, options.authorizationUrl).href
  const own = { ...options, name, habits, exchangeOf, cookieKey, resource }
  const signIn = realm.flows.includes('authorization_code') ? createSignIn(own) : null

  const build = async () => {
    const keys = await realmKeys(options, name, signingAlgorithm(realm))
    return { until: keys.until, ...createProvider({ ...own, keys, signIn }) }
  }
  let current: ReturnType<typeof build> | undefined
  let stale = false
  /** The library's provider, built again when its keys are others. */
  const provider = async () => {
    const before = stale ? undefined : await current?.catch(() => undefined)
    if (before !== undefined && clock() < before.until) return before
    stale = false
    current = build()
    return current
  }
  // RSA keys take a while to make: no start waits for them, but the first person ever who comes to sign in.
  if (signIn === null) await provider()

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { callback } = await provider()
    await callback(request, response)
    const again = signIn?.repostOf(request)
    if (again === undefined || response.writableEnded) return
    request.method = 'POST'
    handOver(request, {
      issuerPath: realm.issuerPath,
      authorizationUrl: options.authorizationUrl,
      accept: 'html',
      ...again,
    })
    await callback(request, response)
  }

  return {
    platform,
    realm,
    habits,
    dialect,
    name,
    visits: signIn === null ? null : signIn.visits(async () => (await provider()).provider),
    accounts: signIn?.accounts ?? null,
    accountVerbs: signIn?.accountVerbs ?? null,
    sessionCookie: cookieNames(name, options.authorizationUrl).session,
    async answer(request, response, exchange) {
      if (exchange === null) return answer(request, response)
      exchanges.set(request, exchange)
      try {
        await answer(request, response)
      } finally {
        exchanges.delete(request)
      }
    },
    refresh() {
      stale = true
    },
    async close() {
      await signIn?.close()
      await current?.catch(() => {})
    },
  }
}
