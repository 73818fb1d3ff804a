import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { Operation, ParameterDefinition } from '../api.js'
import type { Json } from '../json.js'
import type { CheckedCall, ContractBreach } from './breach.js'
import { holds, type ValueChecks } from './value-checks.js'

export type ParametersOf = Pick<CheckedCall, 'query' | 'path'>
/** The first parameter that breaks the contract, in the contract's order. */
export type ParameterCheck = (call: ParametersOf, checkedAlready?: ReadonlySet<string>) => ContractBreach | null

/**
 * Checks the parameters of one operation; what the contract does not name is ignored. `once`: a parameter that is no list may be given only
 * once and not as a list (`a[]`), and a list only under its own name; otherwise its first value counts.
 */
export function createParameterCheck(
  { definition }: Operation,
  values: ValueChecks,
  { once }: { readonly once: boolean },
): ParameterCheck {
  const checks = (definition.parameters ?? [])
    .filter((parameter) => parameter.in === 'query' || parameter.in === 'path')
    .map((parameter) => ({ parameter, valid: values.compile(parameter.schema), once }))
  return (call, checkedAlready = none) => {
    for (const check of checks) {
      const breach = checkedAlready.has(check.parameter.name) ? null : parameterBreach(call, check)
      if (breach !== null) return breach
    }
    return null
  }
}

const none: ReadonlySet<string> = new Set()

interface Check {
  readonly parameter: ParameterDefinition
  readonly valid: ValidateFunction | null
  readonly once: boolean
}

function parameterBreach(call: ParametersOf, { parameter, valid, once }: Check): ContractBreach | null {
  const { name, schema } = parameter
  const breach = (kind: 'required' | 'format'): ContractBreach => {
    const expected = typeof schema?.type === 'string' ? schema.type : 'value'
    const errorCode = codeOf(parameter, kind)
    return errorCode === undefined ? { kind, name, expected } : { kind, name, expected, errorCode }
  }
  const list = schema?.type === 'array'
  const sent = parameter.in === 'path' ? [call.path[name]] : (call.query.get(name) ?? [])
  const given = sent.filter((value) => value !== undefined && value !== '')
  if (once && !list && parameter.in === 'query' && call.query.has(`${name}[]`)) return breach('format')
  if (given.length === 0) return parameter.required === true ? breach('required') : null
  if (given.includes(null)) return breach('format')
  if (once && given.length > 1 && !list) return breach('format')
  const first = given[0] ?? ''
  // A name with brackets is repeated, one without holds its values between commas.
  const whole = given.length > 1 || name.endsWith('[]')
  const value: Json = list ? (whole ? given.map(String) : first.split(',')) : first
  return holds(valid, value) ? null : breach('format')
}

function codeOf({ 'x-error-code': code }: ParameterDefinition, kind: 'required' | 'format'): string | undefined {
  return typeof code === 'object' ? (kind === 'required' ? code.missing : code.wrong) : code
}
