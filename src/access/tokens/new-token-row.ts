import type { Identifiers } from '#base'
import type { CheckedToken } from './check-token.js'
import type { TokenRow } from './token-rows.js'
import { dayMilliseconds } from './token-view.js'

interface Birth {
  readonly applicationId: string
  readonly identifiers: Identifiers
  readonly now: number
  /** How long it lives. */
  readonly days: number
}

export function newTokenRow(checked: CheckedToken, { applicationId, identifiers, now, days }: Birth): TokenRow {
  return {
    id: identifiers.uuid(),
    application_id: applicationId,
    owner_id: identifiers.uuid(),
    title: checked.title,
    habilitation_id: checked.habilitationId,
    recipient: checked.recipient,
    scopes: JSON.stringify(checked.scopes),
    rights: JSON.stringify(checked.rights),
    networks: JSON.stringify(checked.networks),
    calls_per_minute: checked.callsPerMinute,
    created_at: now,
    expires_at: now + days * dayMilliseconds,
    ...unused,
  }
}

/** A token with the same rights, whose life begins now. */
export const successor = (row: TokenRow, { id, now, days }: { id: string; now: number; days: number }): TokenRow => ({
  ...{ ...row, ...unused },
  ...{ id, created_at: now, expires_at: now + days * dayMilliseconds },
})

const unused = { blocked_at: null, replaced_by: null, last_used_at: null }
