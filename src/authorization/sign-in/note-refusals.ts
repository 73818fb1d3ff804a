import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Log } from '#base'
import type { SignInAudit } from './audit.js'
import { knownReason } from './known-reason.js'
import { requestIdOf } from './visit.js'

interface Options {
  readonly log: Log
  /** `<platform>/<realm>` */
  readonly realm: string
  readonly audit: SignInAudit
}

/** What the library's errors carry beside their code: `error_detail` may quote what was sent. */
interface Refused extends Error {
  readonly error?: string | undefined
  readonly error_description?: string | undefined
  readonly error_detail?: string | undefined
}

/** Answers that an application asked for by `prompt=none`, or that the person gave: no fault of anybody's. */
const everyday = new Set(['login_required', 'consent_required', 'interaction_required', 'access_denied'])

/** A line in the log for each authorization or look at a person's claims that is refused, under the reference that its answer shows; a code or token that is used again goes on record. */
export function noteRefusals(provider: Provider, { log, realm, audit }: Options): void {
  const refused = (ctx: KoaContextWithOIDC, error: Refused) =>
    noteRefusal(log, {
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

export interface Refusal {
  readonly requestId: string
  readonly realm: string
  /** Of a registered application; empty for any other. */
  readonly client: string
  readonly error: string
  /** Told only where it is known to hold nothing that came with the request. */
  readonly reason: string | undefined
}

export function noteRefusal(log: Log, { requestId, reason: given, ...refusal }: Refusal): void {
  const reason = knownReason(given)
  const fields = { ...(requestId !== '' && { requestId }), ...refusal, ...(reason !== undefined && { reason }) }
  if (everyday.has(refusal.error)) log.info('authorization.refused', fields)
  else log.warn('authorization.refused', fields)
}

/** Empty for a stranger: what they call themselves may be anything. */
const clientOf = ({ oidc }: KoaContextWithOIDC): string => oidc.client?.clientId ?? ''
