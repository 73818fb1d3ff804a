import { type Refusal, refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import { operationStep } from './operation.js'
import type { Step, StepNeeds } from './step.js'

/** The token holds every scope that the API asks for in this environment (RFC 6750 section 3.1). */
export const scopesStep: Step = (exchange, needs) => {
  const { api, verified, environment } = exchange
  const needed = api?.scopes[environment ?? verified?.environment ?? 'production']
  if (needed === undefined || verified === null) return refusal('access/scope')
  for (const scope of needed)
    if (!verified.scopes.has(scope)) return refusal('access/scope', { scope: needed.join(' ') })
  return api?.shapingScopes === true ? shaping(exchange, needs) : null
}

/** Where scopes shape the answer, whoever holds one of them gets its part; who holds none is refused. */
function shaping(exchange: Exchange, needs: StepNeeds): Refusal | null {
  // Some dialects look for the resource only after the scopes: an unknown one is then theirs to tell.
  if (exchange.operation === null) operationStep(exchange, needs)
  const { operation, plan, verified } = exchange
  const scopes = operation === null ? undefined : plan?.shapingOf(operation)?.projection.scopes
  if (scopes === undefined || scopes.size === 0) return null
  if ([...scopes].some((scope) => verified?.scopes.has(scope))) return null
  return refusal('access/scope', { scope: [...scopes].join(' ') })
}
