import { EventEmitter } from 'node:events'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { isProblem } from '#base'
import { clearerFault } from './clearer-fault.js'
import { matchSecret } from './client-secrets.js'
import { createIntrospection } from './introspection.js'
import type { LibraryFault } from './library-fault.js'
import { Provider } from './oidc-provider.js'
import { type RealmConfigurationOptions, realmConfiguration } from './realm-configuration.js'
import { rememberClients } from './remember-clients.js'
import type { SignIn } from './sign-in/create-sign-in.js'
import { requestIdOf } from './sign-in/visit.js'
import { speakDialect } from './speak-dialect.js'

export interface ProviderOptions extends Omit<RealmConfigurationOptions, 'signIn' | 'introspection'> {
  readonly signIn: SignIn | null
}

/** The library's provider of a realm, with these keys. */
export function createProvider(options: ProviderOptions) {
  const { access, clock, log, name, exchangeOf, signIn, resource } = options
  const failed = (ctx: KoaContextWithOIDC, error: unknown) =>
    provider.emit('server_error', ctx, error instanceof Error ? error : new Error(String(error)))
  const introspection = createIntrospection({ ...options, failed })
  const configuration = realmConfiguration({ ...options, introspection, signIn: signIn?.configuration ?? null })
  const provider = new Provider(resource, configuration)
  // The library reads how a request came from these headers; `handOver` writes them from the settings.
  provider.proxy = true
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
    if (exchange !== undefined)
      exchange.fault = ctx.oidc.route === 'pushed_authorization_request' ? clearerFault(ctx, fault) : fault
  }
  const logFault = (error: Error, ctx?: KoaContextWithOIDC) =>
    log.error('authorization.fault', {
      ...(ctx !== undefined && { requestId: requestIdOf(ctx.res) }),
      ...{ realm: name, error: error.name, message: error.message },
    })
  for (const event of ['grant', 'introspection', 'revocation', 'pushed_authorization_request'] as const) {
    EventEmitter.prototype.on.call(provider, `${event}.error`, noteFault)
  }
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    noteFault(ctx, serverFault(error))
    logFault(error, ctx)
  })
  // Koa's own event, which the library's types leave out; without a listener Koa writes to the console.
  EventEmitter.prototype.on.call(provider, 'error', (error: Error) => logFault(error))
  provider.use(speakDialect({ ...options, origin: new URL(resource).origin, signsIn: signIn !== null }))
  provider.use(introspection.shape)
  signIn?.attach(provider)
  return { provider, callback: provider.callback() }
}

/** A store that does not answer is no fault of the request: the client may try again. */
const serverFault = (error: Error): LibraryFault =>
  isProblem(error) && error.status === 503
    ? { error: 'temporarily_unavailable', error_description: 'Try again in a moment', statusCode: 503 }
    : { error: 'server_error', error_description: 'The server failed', statusCode: 500 }
