import { type ContractBreach, type Mistake, mistakeAt, type Operation, type PlacedCase } from '#contract'
import { createAnswerValidators } from './answer-validators.js'
import { createCaseCallCheck } from './case-call-check.js'

/**
 * Holds the values of a case against its operation: the payload always; the parameters where the answer says that the call was right, since
 * a refusal is what wrong ones call for. `ignored` parameters need not be there; `now` in milliseconds since the epoch.
 */
export function checkCase(
  { value, source, at }: PlacedCase,
  operation: Operation,
  { ignored, now }: { readonly ignored: readonly string[]; readonly now: number },
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
  const breach = value.status < 300 ? createCaseCallCheck()({ params: value.params, operation, ignored, now }) : null
  if (breach === null) return payload
  const { reason, mend } = breachWords(breach)
  return [
    mistakeAt(source, [...at, 'params', ...(breach.kind === 'required' ? [] : [breach.name])], { reason, mend }),
    ...payload,
  ]
}

/** What is wrong with the call that a case is written for, in words, and how to mend it. */
export function breachWords({ kind, name, expected, given }: ContractBreach) {
  if (kind === 'required')
    return {
      reason: `the parameter "${name}" is missing`,
      mend: 'Add it: no call without it gets as far as this case.',
    }
  if (given === 'twice')
    return { reason: `the parameter "${name}" has several values where one is expected`, mend: 'Keep one of them.' }
  if (kind === 'rule')
    return {
      reason: `the parameter "${name}" does not go with the others, or with today’s date`,
      mend: 'Write a date that exists, a time that the contract takes, and all that one way of calling needs.',
    }
  return {
    reason: `the parameter "${name}" breaks the contract`,
    mend: `Write ${article(expected)} that the contract allows, or a status of 400 or more.`,
  }
}

const placeOf = (path: readonly string[]) => (path.length === 0 ? '' : ` at "${path.join('.')}"`)
const article = (kind: string) => (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`)
