import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { Operation, ParameterDefinition } from '../api.js'
import type { Json } from '../json.js'
import type { CheckedCall, ContractBreach } from './breach.js'
import { givenTexts } from './given-query.js'
import { lookAlikes, plainName } from './look-alikes.js'
import { holds, type ValueChecks } from './value-checks.js'

export type ParametersOf = Pick<CheckedCall, 'query' | 'path'>
/** The first parameter that breaks the contract, in the contract's order. */
export type ParameterCheck = (call: ParametersOf, checkedAlready?: ReadonlySet<string>) => ContractBreach | null

/**
 * Checks the parameters of one operation; what the contract does not name is ignored. `once`: a parameter that is no list may be given only
 * once, and none under a name that looks like its own (`a[]`, `A`); otherwise its first value counts.
 */
export function createParameterCheck(
  { definition }: Operation,
  values: ValueChecks,
  { once }: { readonly once: boolean },
): ParameterCheck {
  const checks = (definition.parameters ?? [])
    .filter((parameter) => parameter.in === 'query' || parameter.in === 'path')
    .map((parameter) => ({
      ...{ parameter, once, valid: values.compile(parameter.schema), plain: plainName(parameter.name) },
    }))
  const declared = new Set(checks.map(({ parameter }) => parameter.name))
  return (call, checkedAlready = none) => {
    const alike = once ? lookAlikes(call.query, declared) : none
    for (const check of checks) {
      const breach = checkedAlready.has(check.parameter.name) ? null : parameterBreach(call, check, alike)
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
  /** Its name as look-alikes have it. */
  readonly plain: string
}

function parameterBreach(call: ParametersOf, check: Check, alike: ReadonlySet<string>): ContractBreach | null {
  const { parameter, valid, once, plain } = check
  const { name, schema } = parameter
  const breach = (kind: 'required' | 'format', given?: ContractBreach['given']): ContractBreach => {
    const expected = typeof schema?.type === 'string' ? schema.type : 'value'
    const errorCode = codeOf(parameter, kind)
    return {
      ...{ kind, name, expected },
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(given === undefined ? {} : { given }),
    }
  }
  const list = schema?.type === 'array'
  const sent: readonly (string | null | undefined)[] =
    parameter.in === 'path' ? [call.path[name]] : (call.query.get(name) ?? [])
  if (parameter.in === 'query' && alike.has(plain)) return breach('format', 'otherwise')
  // Blank or not: whoever reads the call after us may take either.
  if (once && !list && sent.length > 1) return breach('format', 'twice')
  if (sent.includes(null)) return breach('format')
  const texts = givenTexts(sent, parameter)
  if (texts.some((text) => controls.test(text))) return breach('format')
  const [first] = texts
  if (first === undefined) return parameter.required === true ? breach('required') : null
  if (!texts.every((text) => isWrittenAs(list ? schema?.items : schema, text))) return breach('format')
  const value: Json = list ? [...texts] : first
  return holds(valid, value) ? null : breach('format')
}

/** No value that people write has one, and what reads it next may take it for the end of a line or of the text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f]/

/** A number in digits alone: `0x7b8` and `1.976e3` are numbers to a machine, and nothing to whoever reads the text. */
function isWrittenAs(schema: unknown, text: string): boolean {
  const type: unknown = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'type') : undefined
  if (type === 'integer') return /^-?\d+$/.test(text)
  return type !== 'number' || /^-?\d+(\.\d+)?$/.test(text)
}

function codeOf({ 'x-error-code': code }: ParameterDefinition, kind: 'required' | 'format'): string | undefined {
  return typeof code === 'object' ? (kind === 'required' ? code.missing : code.wrong) : code
}
