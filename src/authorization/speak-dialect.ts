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
  /** People sign in here: the scopes of the library's own document are theirs. */
  readonly signsIn: boolean
  readonly granted?: (platform: string, scope: string) => void
}

interface TokenBody {
  readonly access_token: string
  readonly scope?: string
  readonly id_token?: string
  readonly refresh_token?: string
}

/** The library's answers in the platform's own words. */
export function speakDialect(options: SpeakDialectOptions) {
  const { access, platform, realm, dialect, origin, exchangeOf, signsIn } = options

  const granted = (body: TokenBody, nonce: string | undefined) =>
    dialect.tokenGranted({
      accessToken: body.access_token,
      scope: body.scope ?? '',
      expiresIn: realm.expiresInShown,
      ...(body.id_token !== undefined && { idToken: body.id_token }),
      ...(body.refresh_token !== undefined && { refreshToken: body.refresh_token }),
      ...(nonce !== undefined && { nonce }),
    })

  const refused = (exchange: Exchange): Answer => {
    const waitSeconds = exchange.fault?.error === 'invalid_client' ? exchange.waitSeconds() : 0
    if (waitSeconds > 0) return held(waitSeconds)
    const answer = dialect.tokenErrors(toOAuthError(exchange.fault ?? {}, exchange))
    return answer.status === 503 ? { ...answer, headers: [...answer.headers, 'Retry-After', '1'] } : answer
  }

  /** 429 in every dialect: the wait is of the house, not of the protocol. */
  const held = (waitSeconds: number): Answer => {
    const error = { error: 'temporarily_unavailable', description: 'Too many failed attempts', status: 429 } as const
    const { headers, body } = dialect.tokenErrors(error)
    return { status: 429, headers: [...headers, 'Retry-After', String(waitSeconds)], body }
  }

  const scopesOf = () => {
    const apis = access.snapshot().apis.filter((api) => api.platform === platform.id && api.realm === realm.name)
    const ofApis = apis.flatMap((api) => [...api.scopes.production, ...api.scopes.sandbox, ...(api.dataScopes ?? [])])
    return (own: readonly string[]) => [...new Set([...(signsIn ? own : []), ...ofApis])]
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
      const body = ctx.body as TokenBody
      write(ctx, granted(body, ctx.oidc.entities.AuthorizationCode?.nonce), before)
      options.granted?.(platform.id, body.scope ?? '')
    }
  }
}

/** The dialect's headers, beside those that stood before and those that let a public application's page read the answer. */
function write(ctx: KoaContextWithOIDC, answer: Answer, before: ReadonlySet<string>): void {
  const fromPage = ctx.get('origin') !== ''
  for (const name of ctx.res.getHeaderNames())
    if (!before.has(name) && !(fromPage && isCors(name))) ctx.res.removeHeader(name)
  ctx.status = answer.status
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    ctx.append(answer.headers[at] ?? '', answer.headers[at + 1] ?? '')
  }
  ctx.body = answer.body === null ? null : Buffer.from(answer.body)
  ctx.status = answer.status
}

/** What lets a page of another origin read the answer. */
const isCors = (name: string) => name === 'vary' || name.startsWith('access-control-')
