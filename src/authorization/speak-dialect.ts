import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Access } from '#access'
import type { Answer, Dialect, Platform, Realm } from '#contract'
import { toOAuthError } from './library-fault.js'
import type { Exchange } from './realm.js'
import { tidyDiscovery } from './tidy-discovery.js'

export interface SpeakDialectOptions {
  readonly access: Access
  readonly platform: Platform
  readonly realm: Realm
  readonly dialect: Dialect
  /** Origin of the issuer: the library would otherwise make addresses of the Host header. */
  readonly origin: string
  readonly exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined
}

interface TokenBody {
  readonly access_token: string
  readonly scope?: string
}

/** The library's answers in the platform's own words. */
export function speakDialect(options: SpeakDialectOptions) {
  const { access, platform, realm, dialect, origin, exchangeOf } = options

  const granted = (body: TokenBody) =>
    dialect.tokenGranted({
      accessToken: body.access_token,
      scope: body.scope ?? '',
      expiresIn: realm.expiresInShown,
    })

  const refused = (exchange: Exchange): Answer => {
    const answer = dialect.tokenErrors(toOAuthError(exchange.fault ?? {}, exchange))
    return answer.status === 503 ? { ...answer, headers: [...answer.headers, 'Retry-After', '1'] } : answer
  }

  const scopesOf = () => {
    const apis = access.snapshot().apis.filter((api) => api.platform === platform.id && api.realm === realm.name)
    return [...new Set(apis.flatMap((api) => [...api.scopes.production, ...api.scopes.sandbox]))]
  }

  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    Object.defineProperty(ctx, 'href', { value: `${origin}${realm.issuerPath}${ctx.req.url}` })
    const before = new Set(ctx.res.getHeaderNames())
    await next()
    const route = ctx.oidc?.route
    const exchange = exchangeOf(ctx)
    if (route === 'discovery') ctx.body = tidyDiscovery(ctx.body as Record<string, unknown>, realm, scopesOf())
    if (exchange === undefined) return
    if (exchange.fault !== undefined) write(ctx, refused(exchange), before)
    else if (route === 'token') {
      if (exchange.credential !== undefined) access.used(exchange.credential.id)
      write(ctx, granted(ctx.body as TokenBody), before)
    }
  }
}

/** The dialect's headers, beside those that stood before: the library's own (CORS) are not the platform's. */
function write(ctx: KoaContextWithOIDC, answer: Answer, before: ReadonlySet<string>): void {
  for (const name of ctx.res.getHeaderNames()) if (!before.has(name)) ctx.res.removeHeader(name)
  ctx.status = answer.status
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    ctx.append(answer.headers[at] ?? '', answer.headers[at + 1] ?? '')
  }
  ctx.body = answer.body === null ? null : Buffer.from(answer.body)
  ctx.status = answer.status
}
