import { refusal } from '#contract'
import type { Step } from './step.js'

/** The token holds every scope that the API asks for in this environment (RFC 6750 section 3.1). */
export const scopesStep: Step = ({ api, verified, environment }) => {
  const needed = api?.scopes[environment ?? verified?.environment ?? 'production']
  if (needed === undefined || verified === null) return refusal('access/scope')
  for (const scope of needed)
    if (!verified.scopes.has(scope)) return refusal('access/scope', { scope: needed.join(' ') })
  return null
}
