/** What an answer of a provider that is not the data may mean. */
export const providerOutcomes = [
  'not_found',
  'identity_unknown',
  'identity_refused',
  'identifier_refused',
  'identity_ambiguous',
  'period_refused',
  'conflict',
  'internal',
  'unavailable',
  'credentials',
  'limited',
  'temporary',
  'late',
  'maintenance',
  'unknown',
] as const
export type ProviderOutcome = (typeof providerOutcomes)[number]

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
