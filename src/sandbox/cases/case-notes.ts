import type { Json, JsonObject, Operation } from '#contract'
import { createAnswerValidators } from './answer-validators.js'
import { createCaseCallCheck } from './case-call-check.js'
import { breachWords } from './check-case.js'
import { isForTheRest } from './exact-case.js'

export interface NotedCase {
  readonly file: string
  readonly params: JsonObject
  readonly status: number
  readonly payload: Json | undefined
}

export interface NotedWhere {
  readonly operation: Operation
  readonly ignored: readonly string[]
  /** Cases answer wrong calls too, as they are written. */
  readonly verbatim: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What of a case departs from the contract; it is told, not refused, since the case answers as it was written. Compiles each operation once. */
export function createCaseNotes(): (one: NotedCase, where: NotedWhere) => readonly string[] {
  const faultOf = createAnswerValidators()
  const breachOf = createCaseCallCheck()
  const callNotes = ({ file, params, status }: NotedCase, { operation, ignored, verbatim, now }: NotedWhere) => {
    if (isForTheRest(file)) return []
    const breach = verbatim || refusals.has(status) ? null : breachOf({ params, operation, ignored, now })
    const unknown = unknownNames(params, operation, ignored).map((name) => `the contract has no parameter "${name}"`)
    return breach === null ? unknown : [...unknown, `its call is refused before it: ${breachWords(breach).reason}`]
  }
  const answerNotes = ({ status, payload }: NotedCase, { operation }: NotedWhere) => {
    const fault = faultOf(operation, status, payload)
    if (fault === null) return []
    if (fault === 'undeclared') return [`the contract declares no answer ${status}`]
    const place = fault.path.map((step) => `/${step}`).join('')
    return [`the contract says otherwise at "${place}": ${fault.reason}`]
  }
  return (one, where) => [...callNotes(one, where), ...answerNotes(one, where)]
}

/** What a wrong call is answered with. */
const refusals: ReadonlySet<number> = new Set([400, 422])

/** A case of an operation with a body names keys of that too. */
function unknownNames(params: JsonObject, { definition }: Operation, ignored: readonly string[]): readonly string[] {
  if (definition.requestBody !== undefined) return []
  const plain = (name: string) => name.replace(/\[\]$/, '').trim()
  const known = new Set([...ignored, ...(definition.parameters ?? []).map(({ name }) => plain(name))])
  return Object.keys(params).filter((name) => !known.has(plain(name)))
}
