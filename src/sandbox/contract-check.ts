import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { isSiret, type Json, type JsonObject, type Operation, type ParameterDefinition, patternEngine } from '#contract'
import type { Call } from './call.js'

/** What a call lacks of its contract: the place, and what was expected there. */
export interface ContractBreach {
  readonly kind: 'required' | 'format' | 'body'
  readonly name: string
  readonly expected: string
}

/** What of a call the contract speaks of. */
export type CheckedCall = Pick<Call, 'query' | 'path' | 'body'>
export type ContractCheck = (call: CheckedCall, checkedAlready: ReadonlySet<string>) => ContractBreach | null

/** A quarter of a second or so at the very worst. */
const patternWorkMax = 5_000_000

/**
 * Checks parameters and JSON body of one operation; what the contract does not name is ignored. Compiled at first use.
 * `once`: a parameter that is no list may be given only once; otherwise its first value counts.
 */
export function createContractCheck(operation: Operation, { once = false } = {}): ContractCheck {
  // Callers choose the values and publishers the patterns.
  const patterns = patternEngine(patternWorkMax)
  const code = { regExp: patterns }
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    coerceTypes: 'array',
    validateFormats: true,
    logger: false,
    code,
  })
  addFormats.default(ajv)
  ajv.addFormat('siret', isSiret)
  const { parameters = [], requestBody } = operation.definition
  const checks = parameters
    .filter((parameter) => parameter.in === 'query' || parameter.in === 'path')
    .map((parameter) => ({ parameter, valid: compile(ajv, parameter.schema) }))
  const bodyAjv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true, logger: false, code })
  addFormats.default(bodyAjv)
  const media = Object.entries(requestBody?.content ?? {}).find(([type]) => /json/i.test(type))?.[1]
  const body = {
    required: requestBody?.required === true,
    json: media !== undefined,
    valid: compile(bodyAjv, media?.schema),
  }
  return (call, checkedAlready) => {
    patterns.renew()
    for (const { parameter, valid } of checks) {
      const breach = checkedAlready.has(parameter.name) ? null : parameterBreach(call, parameter, { valid, once })
      if (breach !== null) return breach
    }
    return bodyBreach(call, body)
  }
}

/** A schema that Ajv cannot compile checks nothing: the loader has told the operator about it. */
function compile(ajv: Ajv2020, schema: JsonObject | undefined): ValidateFunction | null {
  if (schema === undefined) return null
  try {
    return ajv.compile({ type: 'object', properties: { value: schema } })
  } catch {
    return null
  }
}

/** A value that takes its pattern too long is none of the contract. */
function holds(valid: ValidateFunction | null, value: unknown): boolean {
  try {
    return valid === null || valid({ value })
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function parameterBreach(
  call: CheckedCall,
  parameter: ParameterDefinition,
  { valid, once }: { readonly valid: ValidateFunction | null; readonly once: boolean },
): ContractBreach | null {
  const { name, schema } = parameter
  const expected = typeof schema?.type === 'string' ? schema.type : 'value'
  const sent = parameter.in === 'path' ? [call.path[name]] : (call.query.get(name) ?? [])
  const values = sent.filter((value) => value !== undefined && value !== '')
  if (values.length === 0) return parameter.required === true ? { kind: 'required', name, expected } : null
  if (values.includes(null)) return { kind: 'format', name, expected }
  if (once && values.length > 1 && schema?.type !== 'array') return { kind: 'format', name, expected }
  const first = values[0] ?? ''
  const value: Json = schema?.type === 'array' ? (values.length > 1 ? values.map(String) : first.split(',')) : first
  return holds(valid, value) ? null : { kind: 'format', name, expected }
}

interface BodyRule {
  readonly required: boolean
  readonly json: boolean
  readonly valid: ValidateFunction | null
}

function bodyBreach({ body }: CheckedCall, { required, json, valid }: BodyRule): ContractBreach | null {
  const breach = (name: string): ContractBreach => ({ kind: 'body', name, expected: 'JSON' })
  if (!json) return null
  if (body.kind === 'none') return required ? breach('body') : null
  if (body.kind !== 'json') return breach('body')
  if (holds(valid, body.value)) return null
  const error = valid?.errors?.[0]
  const place = error?.instancePath.replace(/^\/value\/?/, '').replaceAll('/', '.') ?? ''
  const missing: unknown = error?.keyword === 'required' ? error.params.missingProperty : undefined
  if (typeof missing === 'string')
    return { ...breach(place === '' ? missing : `${place}.${missing}`), kind: 'required' }
  return breach(place === '' ? 'body' : place)
}
