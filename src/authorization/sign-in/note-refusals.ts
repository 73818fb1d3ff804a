import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Log } from '#base'
import type { Refusals } from '../refusals.js'
import type { SignInAudit } from './audit.js'
import { requestIdOf } from './visit.js'

interface Options {
  readonly log: Log
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly audit: SignInAudit
  readonly refusals: Refusals
}

/** What the library's errors carry beside their code: `error_detail` may quote what was sent. */
interface Refused extends Error {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  readonly error_detail?: string | undefined
}

/**
 * A line in the log for each authorization or look at a person's claims that is refused, under the reference that its answer shows.
 * A code or token that is used again goes on record.
 */
export function noteRefusals(provider: Provider, { log, realm, audit, refusals }: Options): void {
  const refused = (ctx: KoaContextWithOIDC, error: Refused) =>
    refusals.note(ctx.req, {
      ...{ requestId: requestIdOf(ctx.res), realm, client: clientOf(ctx), error: error.error ?? error.name },
      reason: error.error_description,
    })
  provider.on('authorization.error', (ctx, error) => refused(ctx, error))
  provider.on('end_session.error', (ctx, error) => refused(ctx, error))
  provider.on('userinfo.error', (ctx, error) => refused(ctx, error))
  provider.on('grant.error', (ctx, error) => {
    if (!/already (used|consumed)/.test((error as Refused).error_detail ?? '')) return
    const client = clientOf(ctx)
    const kind = ctx.oidc.params?.grant_type === 'refresh_token' ? 'refresh token' : 'code'
    log.warn('authorization.reused', { realm, client, kind })
    audit
      .note({ action: 'reused', who: { clientId: client }, clientId: client, detail: { kind } })
      .catch((failure: unknown) => log.error('authorization.fault', { realm, error: String(failure) }))
  })
}

/** Empty for a stranger: what they call themselves may be anything. */
const clientOf = ({ oidc }: KoaContextWithOIDC): string => oidc.client?.clientId ?? ''
