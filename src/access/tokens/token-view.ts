import type { Platform } from '#contract'
import type { ApplicationRecord } from '../application-record.js'
import type { TokenState, TokenView } from './api-tokens.js'
import { listOf, type TokenRow } from './token-rows.js'

export const dayMilliseconds = 86_400_000

type Holder = Pick<ApplicationRecord['access'], 'name' | 'platform' | 'environment'>

/** A row as people see it. */
export function tokenView(
  row: TokenRow,
  holder: Holder,
  { platform, now }: { platform?: Platform; now: number },
): TokenView {
  const renewalDays = platform?.tokens?.renewalDays ?? 0
  return {
    id: row.id,
    applicationId: row.application_id,
    applicationName: holder.name,
    platform: holder.platform,
    environment: holder.environment,
    title: row.title,
    habilitationId: row.habilitation_id,
    recipient: row.recipient,
    scopes: listOf(row.scopes),
    rights: listOf(row.rights),
    networks: listOf(row.networks),
    callsPerMinute: row.calls_per_minute,
    state: stateOf(row, now),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    renewableFrom: row.expires_at - renewalDays * dayMilliseconds,
    blockedAt: row.blocked_at,
    replacedBy: row.replaced_by,
    lastUsedAt: row.last_used_at,
  }
}

function stateOf({ blocked_at, expires_at }: TokenRow, now: number): TokenState {
  if (blocked_at !== null && blocked_at <= now) return 'blocked'
  if (expires_at <= now) return 'expired'
  return blocked_at === null ? 'live' : 'ending'
}
