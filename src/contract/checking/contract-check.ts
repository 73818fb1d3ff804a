import type { ValidateFunction } from 'ajv/dist/2020.js'
import type { Operation } from '../api.js'
import type { CallBody, CheckedCall, ContractBreach } from './breach.js'
import { createParameterCheck } from './parameter-check.js'
import { holds, valueChecks } from './value-checks.js'

export type ContractCheck = (call: CheckedCall, checkedAlready: ReadonlySet<string>) => ContractBreach | null

/** Checks parameters and JSON body of one operation, a parameter's first value; what the contract does not name is ignored. */
export function createContractCheck(operation: Operation): ContractCheck {
  const texts = valueChecks({ coerced: true })
  const whole = valueChecks({ coerced: false })
  const parameters = createParameterCheck(operation, texts, { once: false })
  const { requestBody } = operation.definition
  const media = Object.entries(requestBody?.content ?? {}).find(([type]) => /json/i.test(type))?.[1]
  const body = {
    required: requestBody?.required === true,
    json: media !== undefined,
    valid: whole.compile(media?.schema),
  }
  return (call, checkedAlready) => {
    texts.renew()
    whole.renew()
    return parameters(call, checkedAlready) ?? bodyBreach(call.body, body)
  }
}

interface BodyRule {
  readonly required: boolean
  readonly json: boolean
  readonly valid: ValidateFunction | null
}

function bodyBreach(body: CallBody, { required, json, valid }: BodyRule): ContractBreach | null {
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
