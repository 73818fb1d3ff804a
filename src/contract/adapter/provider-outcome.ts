import type { RefusalCode } from '../refusals.js'

/** What an answer of a provider that is not the data may mean, and the refusal it becomes; the dialect gives each its documented code. */
export const providerOutcomes = {
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
} as const satisfies Readonly<Record<string, RefusalCode>>

export type ProviderOutcome = keyof typeof providerOutcomes

/** The meaning of a status that no rule of the adapter names. A provider that says when it is back is under maintenance. */
export function usualOutcome(status: number, saysWhen: boolean): ProviderOutcome {
  if (status === 503) return saysWhen ? 'maintenance' : 'unavailable'
  return usual[status] ?? 'unknown'
}

const usual: Readonly<Record<number, ProviderOutcome>> = {
  401: 'credentials',
  403: 'credentials',
  404: 'not_found',
  408: 'late',
  409: 'conflict',
  429: 'limited',
  500: 'internal',
  502: 'unavailable',
  504: 'late',
}
