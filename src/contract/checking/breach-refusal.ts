import type { Operation } from '../api.js'
import type { Refusal } from '../exchange.js'
import { refusal } from '../refusals.js'
import type { ContractBreach } from './breach.js'
import { expectationOf } from './expectation.js'

/** The refusal that names the place of a breach and what its contract asks for there, never what was sent. */
export function breachRefusal(
  { kind, name, errorCode, expected, given }: ContractBreach,
  { definition }: Operation,
): Refusal {
  const parameter = name.replace(/\[\]$/, '')
  const schema = definition.parameters?.find((one) => one.name === name && one.in !== 'header')?.schema
  // What a rule refuses keeps to its schema.
  const asked =
    kind === 'rule' ? null : (expectationOf(schema) ?? (kind === 'body' && expected !== '' ? expected : null))
  return refusal('request/contract', {
    kind,
    parameter,
    ...(asked === null ? {} : { expected: asked }),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(given === undefined ? {} : { given }),
  })
}
