import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Dialect, Realm, SignInHabits } from '#contract'
import { clearerFault } from '../clearer-fault.js'
import { type LibraryFault, toOAuthError } from '../library-fault.js'
import { SessionEnded, signsInAgain } from './keep-sessions.js'
import { xsrfOf } from './xsrf-of.js'

export interface Repost {
  readonly path: string
  readonly form: string
}

export interface ShapeAnswersOptions {
  readonly realm: Realm
  readonly dialect: Dialect
  readonly habits: SignInHabits
  readonly resource: string
  /** Where signing out goes on at the provider that the person came from, before it ends at `then`; null: nowhere. */
  readonly signOutUrl: (sub: string, then: string) => Promise<string | null>
}

/** The answers to browsers in the platform's own way, and without pages that only a script could send on. */
export function shapeAnswers(options: ShapeAnswersOptions) {
  const { habits, dialect } = options
  const reposts = new WeakMap<IncomingMessage, Repost>()
  const faults = new WeakMap<IncomingMessage, LibraryFault>()

  const back = (ctx: KoaContextWithOIDC) => {
    const location = String(ctx.response.get('location'))
    if (ctx.status !== 303 || !/^https?:/.test(location) || location.startsWith(`${options.resource}/`)) return
    const url = new URL(location)
    const fault = faults.get(ctx.req)
    if (cancelled(ctx) && habits.cancelled === 'state') {
      for (const name of ['error', 'error_description', 'iss']) url.searchParams.delete(name)
      if (!url.searchParams.has('state')) url.searchParams.set('state', '')
    } else if (fault !== undefined) {
      const inFragment = url.hash !== ''
      const answer = inFragment ? new URLSearchParams(url.hash.slice(1)) : url.searchParams
      if (answer.has('error')) {
        answer.set('error_description', describe(dialect, fault))
        answer.delete('scope')
      }
      if (inFragment) url.hash = answer.toString()
    }
    ctx.redirect(url.href)
    ctx.status = habits.redirectStatus
  }

  /** What the library would have a script post is posted here: pages work without scripts, and ours have none. */
  const repost = (ctx: KoaContextWithOIDC, path: string) => {
    reposts.set(ctx.req, { path, form: `xsrf=${xsrfOf(ctx)}&logout=yes` })
    ctx.body = null
    Object.assign(ctx, { respond: false })
  }

  const signOut = (ctx: KoaContextWithOIDC) => {
    const { session, params, entities } = ctx.oidc
    const hint = entities.IdTokenHint as { readonly payload: { readonly sub?: unknown } } | undefined
    if (session?.accountId === undefined) {
      const url = new URL(String(params?.post_logout_redirect_uri ?? ctx.oidc.urlFor('end_session_success')))
      if (params?.post_logout_redirect_uri !== undefined && params.state !== undefined) {
        url.searchParams.set('state', String(params.state))
      }
      ctx.body = null
      ctx.status = 303
      ctx.redirect(url.href)
      ctx.status = 303
    } else if (hint !== undefined && hint.payload.sub === session.accountId) {
      // Who shows the person's own ID token has asked for them (RP-Initiated Logout, section 2).
      repost(ctx, '/session/end/confirm')
    }
  }

  const middleware = async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const route = ctx.oidc?.route
    if (route === 'authorization' || route === 'resume') {
      if (route === 'resume' && ctx.status === 200) repost(ctx, '/session/end/confirm')
      else back(ctx)
    } else if (route === 'end_session' && ctx.status === 200) signOut(ctx)
    else if (route === 'end_session_confirm' && isEnded(ctx.oidc.session ?? {})) {
      const { accountId: signedOut } = ctx.oidc.session ?? {}
      if (signsInAgain(ctx.oidc.session ?? {}, options.resource)) return
      const on = await options.signOutUrl(signedOut ?? '', String(ctx.response.get('location'))).catch(() => null)
      if (on !== null) ctx.redirect(on)
      ctx.status = 303
    }
  }

  const attach = (provider: Provider) => {
    provider.use(middleware)
    provider.on('authorization.error', (ctx, error) => {
      faults.set(ctx.req, clearerFault(ctx, error))
      // No cookie of a session that stands no more.
      if (error instanceof SessionEnded) ctx.remove('set-cookie')
    })
    provider.on('authorization.success', (ctx, out) => {
      const extras: Readonly<Record<string, unknown>> = {
        scope: ctx.oidc.entities.AuthorizationCode?.scope,
        client_id: ctx.oidc.client?.clientId,
      }
      for (const name of habits.answerExtras) Object.assign(out ?? {}, { [name]: extras[name] })
    })
  }

  return { attach, repostOf: (request: IncomingMessage) => take(reposts, request) }
}

function take(reposts: WeakMap<IncomingMessage, Repost>, request: IncomingMessage): Repost | undefined {
  const found = reposts.get(request)
  reposts.delete(request)
  return found
}

const cancelled = (ctx: KoaContextWithOIDC) => {
  const result = (ctx.oidc.entities.Interaction as { readonly result?: Record<string, unknown> } | undefined)?.result
  return result?.cancelled === true
}

/** The library marks a session that it ended, which its types leave out. */
const isEnded = (session: object) => 'destroyed' in session && session.destroyed === true

/** The platform's own words for the fault, as its token endpoint says them. */
function describe(dialect: Dialect, fault: LibraryFault): string {
  const error = toOAuthError(fault, { grantType: undefined, scopes: [], basic: false })
  const { body } = dialect.tokenErrors(error)
  const told: unknown = body === null ? {} : JSON.parse(Buffer.from(body).toString())
  return String((told as Record<string, unknown>).error_description ?? error.description)
}
