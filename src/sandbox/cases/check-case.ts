import {
  type ContractBreach,
  createContractCheck,
  type Json,
  type Mistake,
  mistakeAt,
  type Operation,
  type PlacedCase,
} from '#contract'
import { createAnswerValidators } from './answer-validators.js'

/**
 * Holds the values of a case against its operation: the payload always; the parameters where the answer says that the call was right, since
 * a refusal is what wrong ones call for. `ignored` parameters need not be there.
 */
export function checkCase(
  { value, source, at }: PlacedCase,
  operation: Operation,
  ignored: readonly string[],
): readonly Mistake[] {
  const fault = createAnswerValidators()(operation, value.status, value.payload)
  const payload =
    fault === null || fault === 'undeclared'
      ? []
      : [
          mistakeAt(source, [...at, 'payload', ...fault.path], {
            reason: `the payload breaks the contract (${operation.id}, ${value.status})${placeOf(fault.path)}: ${fault.reason}`,
            mend: 'Correct the payload.',
          }),
        ]
  const breach = value.status < 300 ? parameterBreach(value.params, operation, ignored) : null
  if (breach === null) return payload
  const missing = breach.kind === 'required'
  return [
    mistakeAt(source, [...at, 'params', ...(missing ? [] : [breach.name])], {
      reason: missing
        ? `the parameter "${breach.name}" is missing`
        : `the parameter "${breach.name}" breaks the contract`,
      mend: missing
        ? 'Add it: no call without it gets as far as this case.'
        : `Write ${article(breach.expected)} that the contract allows, or a status of 400 or more.`,
    }),
    ...payload,
  ]
}

const placeOf = (path: readonly string[]) => (path.length === 0 ? '' : ` at "${path.join('.')}"`)
const article = (kind: string) => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`)

/** A case of an operation with a body names keys of it too: only its parameters are held. */
function parameterBreach(
  params: Readonly<Record<string, Json>>,
  operation: Operation,
  ignored: readonly string[],
): ContractBreach | null {
  const { requestBody: _, ...definition } = operation.definition
  const check = createContractCheck({ ...operation, definition })
  const texts = (value: Json) => (Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)])
  const named = Object.entries(params).map(([name, value]) => [name.replace(/\[\]$/, ''), texts(value)] as const)
  const spelled = (name: string) => name.replace(/\[\]$/, '').trim()
  const query = new Map(
    (definition.parameters ?? []).flatMap(({ name }) => {
      const values = named.find(([plain]) => plain === spelled(name))?.[1]
      return values === undefined ? [] : [[name, values] as const]
    }),
  )
  const path = Object.fromEntries(named.map(([name, values]) => [name, values[0] ?? '']))
  const skipped = new Set(
    (definition.parameters ?? []).map(({ name }) => name).filter((name) => ignored.includes(name)),
  )
  return check({ query, path, body: { kind: 'none' } }, skipped)
}
