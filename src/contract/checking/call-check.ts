import type { Operation } from '../api.js'
import type { ContractBreach } from './breach.js'
import { givenQuery } from './given-query.js'
import { createParameterCheck, type ParametersOf } from './parameter-check.js'
import { createRuleCheck } from './rule-check.js'
import { valueChecks } from './value-checks.js'

/** What of its parameters a call breaks; `now` in milliseconds since the epoch. */
export type CallCheck = (call: ParametersOf, now: number) => ContractBreach | null

/** Checks of a version's operations, strictly: each parameter once at most, then what holds between them. Compiled at first use. */
export function callChecks(): (operation: Operation) => CallCheck {
  const values = valueChecks({ coerced: true })
  const known = new WeakMap<Operation, CallCheck>()
  return (operation) => {
    const before = known.get(operation)
    if (before !== undefined) return before
    const parameters = createParameterCheck(operation, values, { once: true })
    const rules = createRuleCheck(operation.definition['x-checks'] ?? [])
    const check: CallCheck = (call, now) => {
      values.renew()
      return parameters(call) ?? rules(givenQuery(call.query), now)
    }
    known.set(operation, check)
    return check
  }
}
