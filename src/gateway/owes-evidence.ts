import type { Exchange } from './exchange.js'

/**
 * Whether a call leaves evidence: its API is for personal data, and a token was proven, so that no stranger makes us write. A visitor's token is
 * anybody's and reads what the sandbox invents: it owes none, unless an operator has let visitors into production.
 */
export function owesEvidence({ api, verified, subscription }: Exchange): boolean {
  if (api?.access.personalData !== true || verified === null) return false
  return verified.visitor !== true || subscription?.environment === 'production'
}
