import type { RefusalCode } from '../refusals.js'

import type { ProviderOutcome } from './provider-outcome.js'

/** The refusal that each becomes; the dialect gives it its documented code. */
export const outcomeRefusals = {
  not_found: 'upstream/not-found',
  identity_unknown: 'upstream/identity-unknown',
  identity_refused: 'upstream/identity-refused',
  identifier_refused: 'upstream/identifier-refused',
  identity_ambiguous: 'upstream/identity-ambiguous',
  period_refused: 'upstream/period-refused',
  conflict: 'upstream/conflict',
  internal: 'upstream/internal',
  unavailable: 'upstream/unreachable',
  credentials: 'upstream/credentials',
  limited: 'upstream/limited',
  temporary: 'upstream/temporary',
  late: 'upstream/late',
  maintenance: 'upstream/maintenance',
  unknown: 'upstream/unknown',
} as const satisfies Readonly<Record<ProviderOutcome, RefusalCode>>
