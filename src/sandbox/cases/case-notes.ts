import type { Json, Operation } from '#contract'
import { createAnswerValidators } from './answer-validators.js'

/** What of a case departs from the contract; it is told, not refused, since the case answers as it was written. Compiles each answer once. */
export function createCaseNotes(): (
  operation: Operation,
  status: number,
  payload: Json | undefined,
) => readonly string[] {
  const faultOf = createAnswerValidators()
  return (operation, status, payload) => {
    const fault = faultOf(operation, status, payload)
    if (fault === null) return []
    if (fault === 'undeclared') return [`the contract declares no answer ${status}`]
    const place = fault.path.map((step) => `/${step}`).join('')
    return [`the contract says otherwise at "${place}": ${fault.reason}`]
  }
}
