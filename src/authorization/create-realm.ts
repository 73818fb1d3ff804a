import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Access, LiveCredential } from '#access'
import { type Clock, isProblem, type Log } from '#base'
import { type Dialect, type OAuthHabits, type Platform, type Realm, standardOAuthHabits } from '#contract'
import type { Store, Vault } from '#storage'
import { createArtifactAdapter } from './artifact-adapter.js'
import { createClientAdapter } from './client-adapter.js'
import { matchSecret } from './client-secrets.js'
import type { LibraryFault } from './library-fault.js'
import { realmKeys } from './realm-keys.js'
import { speakDialect } from './speak-dialect.js'

export interface RealmOptions {
  readonly platform: Platform
  readonly realm: Realm
  readonly dialect: Dialect
  readonly access: Access
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  readonly authorizationUrl: string
}

/** What is known of a request before the library has it, and what happened to it there. */
export interface Exchange {
  readonly clientId: string
  readonly basic: boolean
  readonly grantType: string | undefined
  readonly scopes: readonly string[]
  credential?: LiveCredential
  fault?: LibraryFault
}

/** A realm on the air: a value built by this one function from data. */
export interface MountedRealm {
  readonly platform: Platform
  readonly realm: Realm
  readonly habits: OAuthHabits
  readonly dialect: Dialect
  /** `<platform>/<realm>` */
  readonly name: string
  /** Lets the library answer; `exchange` is null for what any stranger may read. */
  answer(request: IncomingMessage, response: ServerResponse, exchange: Exchange | null): Promise<void>
}

export const realmName = (platform: Platform, realm: Realm) => `${platform.id}/${realm.name}`

export async function createRealm(options: RealmOptions): Promise<MountedRealm> {
  const { platform, realm, dialect, access, clock, log } = options
  const name = realmName(platform, realm)
  const habits = platform.oauth ?? standardOAuthHabits
  const exchanges = new WeakMap<IncomingMessage, Exchange>()
  const exchangeOf = (ctx: Pick<KoaContextWithOIDC, 'req'>) => exchanges.get(ctx.req)

  const issuer = new URL(realm.issuerPath, options.authorizationUrl)
  const provider = new Provider(issuer.href, await configurationOf(options, name, habits, exchangeOf))
  provider.Client.prototype.compareClientSecret = function compareClientSecret(given) {
    const match = matchSecret(access.record(this.clientId), given, clock())
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

async function configurationOf(
  options: RealmOptions,
  name: string,
  habits: OAuthHabits,
  exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined,
): Promise<Configuration> {
  const { platform, realm, access, store, vault, clock } = options
  const resource = new URL(realm.issuerPath, options.authorizationUrl).href
  const placeholder = randomBytes(32).toString('base64url')
  const keys = await realmKeys({ store, vault, clock }, name)
  return {
    adapter: (model: string) =>
      model === 'Client'
        ? createClientAdapter({ access, platform, realm, habits, placeholder })
        : createArtifactAdapter({ store, vault, clock, realm: name }, model),
    jwks: { keys: [...keys.keys] },
    clientAuthMethods: [...habits.clientAuthentication],
    clientBasedCORS: () => false,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: [placeholder], names: cookieNames(name) },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        async getResourceServerInfo(ctx, indicator) {
          if (indicator !== resource) throw new errors.InvalidTarget()
          return { scope: await provenScopes(options, exchangeOf(ctx), habits), accessTokenFormat: 'opaque' }
        },
      },
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    responseTypes: [],
    routes: { token: habits.tokenPath, jwks: '/jwks', introspection: '/introspect', revocation: '/revoke' },
    scopes: [],
    ttl: { ClientCredentials: realm.accessTokenSeconds },
  }
}

/**
 * The scopes that this proven client is granted: all it asked for, since one wrong scope refuses the whole request
 * (design, decision 2); alone, the library would grant the others. To the library the platform's APIs are one resource
 * server (RFC 8707), so that a scope published later needs no other provider.
 */
async function provenScopes(
  { access, realm }: RealmOptions,
  exchange: Exchange | undefined,
  habits: OAuthHabits,
): Promise<string> {
  if (exchange === undefined) return ''
  await access.fresh(exchange.clientId)
  const allowed = access.allowedScopes(exchange.clientId, realm.name)
  const foreign = exchange.scopes.filter((scope) => !allowed.has(scope))
  if (foreign.length > 0) throw new errors.InvalidScope('requested scope is not allowed', foreign.join(' '))
  if (exchange.scopes.length === 0 && habits.missingScope === 'refused') {
    throw new errors.InvalidScope('No scope requested and no default scope configured', '')
  }
  return exchange.scopes.join(' ')
}

/** A store that does not answer is no fault of the request: the client may try again. */
const serverFault = (error: Error): LibraryFault =>
  isProblem(error) && error.status === 503
    ? { error: 'temporarily_unavailable', error_description: 'Try again in a moment', statusCode: 503 }
    : { error: 'server_error', error_description: 'The server failed', statusCode: 500 }

/** Each realm its own cookies: a session of one is none of another. */
function cookieNames(name: string) {
  const prefix = name.replaceAll('/', '.')
  return { session: `${prefix}.session`, interaction: `${prefix}.interaction`, resume: `${prefix}.resume` }
}
