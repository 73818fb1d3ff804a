import { type QuotaRule, refusal } from '#contract'
import type { AccessOptions } from '../access.js'
import { createLastUse } from '../last-use.js'
import type { Views } from '../views.js'
import type { ApiTokens, ProvenToken } from './api-tokens.js'
import { ownSubscriptions } from './own-subscriptions.js'
import { createSigningKeys } from './signing-keys.js'
import { listOf, type TokenRow, tokenRow } from './token-rows.js'
import { signedText } from './token-text.js'
import { tokenVerbs } from './token-verbs.js'
import { opensToVisitors } from './visitor-apis.js'
import { createVisitorPurge } from './visitor-purge.js'
import { visitorTokens } from './visitor-tokens.js'
import { visitorsId } from './visitors-application.js'

/** Tokens of the platforms that have them: their life, and what each may do now. */
export async function createApiTokens(
  options: AccessOptions,
  views: Views,
): Promise<ApiTokens & { close(): Promise<void> }> {
  const { store, clock, catalog } = options
  const keys = createSigningKeys(options)
  if ([...catalog.platforms().values()].some(({ tokens }) => tokens != null)) await keys.fresh()
  const lastUse = createLastUse(options, 'api_token')
  const purge = createVisitorPurge(options)
  const verbs = tokenVerbs({ options, views, keys })

  return {
    ...verbs,
    ...visitorTokens({ options, views, keys, show: verbs.show }),
    signed(text) {
      const live = keys.live()
      return live && signedText(text, live) !== null
    },
    async prove(text, fromStore) {
      const signed = signedText(text, await keys.fresh(fromStore))
      if (signed === null) return refusal('token/invalid')
      const row = await tokenRow(store.db, signed.id)
      if (row === undefined) return refusal('token/invalid', { reason: 'unknown' })
      if (row.blocked_at !== null && row.blocked_at <= clock()) return refusal('token/invalid', { reason: 'revoked' })
      const token = proven(row, await holder(row), signed.by.until)
      return row.expires_at <= clock() ? { ...refusal('token/invalid', { reason: 'expired' }), token } : token
    },
    used: lastUse.used,
    async close() {
      keys.close()
      await Promise.all([lastUse.close(), purge.close()])
    },
  }

  async function holder({ application_id }: TokenRow) {
    const { access } = await views.wanted(application_id)
    return access
  }
}

type Holder = Omit<Parameters<typeof ownSubscriptions>[1], 'mayOpen'>

/** Whatever its text says besides, this is what it may do. */
function proven(row: TokenRow, holder: Holder, keyUntil: number | null): ProvenToken {
  const scopes = new Set(listOf(row.scopes))
  const networks = listOf(row.networks)
  const visitor = row.application_id === visitorsId(holder.platform)
  return {
    tokenId: row.id,
    tokenName: row.id,
    applicationId: row.application_id,
    scopes,
    rights: new Set(listOf(row.rights)),
    expiresAt: Math.min(row.expires_at, row.blocked_at ?? never, keyUntil ?? never),
    ownSubscription: ownSubscriptions(scopes, visitor ? { ...holder, mayOpen: opensToVisitors } : holder),
    ...(visitor && { visitor }),
    ...(row.habilitation_id !== null && { habilitationId: row.habilitation_id }),
    ...(row.recipient !== null && { recipient: row.recipient }),
    ...(networks.length > 0 && { networks }),
    ...(row.calls_per_minute !== null && { quotas: [perMinute(row.calls_per_minute)] }),
  }
}

const never = Number.POSITIVE_INFINITY

const perMinute = (limit: number): QuotaRule =>
  Object.freeze({ key: 'token', limit, periodSeconds: 60, algorithm: 'fixed' })
