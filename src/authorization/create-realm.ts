import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { isProblem } from '#base'
import { type Platform, type Realm, standardOAuthHabits } from '#contract'
import { matchSecret } from './client-secrets.js'
import type { LibraryFault } from './library-fault.js'
import { Provider } from './oidc-provider.js'
import type { Exchange, MountedRealm, RealmOptions } from './realm.js'
import { realmConfiguration } from './realm-configuration.js'
import { rememberClients } from './remember-clients.js'
import { speakDialect } from './speak-dialect.js'

export const realmName = (platform: Platform, realm: Realm) => `${platform.id}/${realm.name}`

export async function createRealm(options: RealmOptions): Promise<MountedRealm> {
  const { platform, realm, dialect, access, clock, log } = options
  const name = realmName(platform, realm)
  const habits = platform.oauth ?? standardOAuthHabits
  const exchanges = new WeakMap<IncomingMessage, Exchange>()
  const exchangeOf = (ctx: Pick<KoaContextWithOIDC, 'req'>) => exchanges.get(ctx.req)

  const issuer = new URL(realm.issuerPath, options.authorizationUrl)
  const provider = new Provider(issuer.href, await realmConfiguration({ ...options, name, habits, exchangeOf }))
  rememberClients(provider, access)
  // The library compares one secret; two live ones overlap during a rotation (design, decision 8).
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(given) {
    const match = matchSecret(await access.fresh(this.clientId), given, clock())
    const exchange = Provider.ctx === undefined ? undefined : exchangeOf(Provider.ctx)
    if (exchange !== undefined && match !== undefined) exchange.credential = match
    return match !== undefined
  }
  const noteFault = (ctx: KoaContextWithOIDC, fault: LibraryFault) => {
    const exchange = exchangeOf(ctx)
    if (exchange !== undefined) exchange.fault = fault
  }
  const logFault = (error: Error) =>
    log.error('authorization.fault', { realm: name, error: error.name, message: error.message })
  provider.on('grant.error', noteFault)
  provider.on('introspection.error', noteFault)
  provider.on('revocation.error', noteFault)
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    noteFault(ctx, serverFault(error))
    logFault(error)
  })
  // Koa's own event, which the library's types leave out; without a listener Koa writes to the console.
  EventEmitter.prototype.on.call(provider, 'error', logFault)
  provider.use(speakDialect({ access, platform, realm, dialect, origin: issuer.origin, exchangeOf }))
  const answer = provider.callback()

  return {
    platform,
    realm,
    habits,
    dialect,
    name,
    async answer(request, response, exchange) {
      if (exchange !== null) exchanges.set(request, exchange)
      await answer(request, response)
    },
  }
}

/** A store that does not answer is no fault of the request: the client may try again. */
const serverFault = (error: Error): LibraryFault =>
  isProblem(error) && error.status === 503
    ? { error: 'temporarily_unavailable', error_description: 'Try again in a moment', statusCode: 503 }
    : { error: 'server_error', error_description: 'The server failed', statusCode: 500 }
