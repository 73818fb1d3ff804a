import { markedParameters, type Refusal, refusal } from '#contract'
import type { Exchange } from '../exchange.js'
import { queryValues } from '../request/query-values.js'

/** What the contract reserves to some (`x-right`, e.g. a pupil's number to the education sphere) is for tokens whose habilitation says so. */
export function missingRight({ operation, target, verified }: Exchange): Refusal | null {
  if (operation === null || target === null) return null
  const { right, rights } = markedParameters(operation)
  if (right !== null && verified?.rights?.has(right) !== true) return refusal('access/right', { right })
  for (const { name, mark } of rights) {
    if (verified?.rights?.has(mark) === true || !queryValues(target.raw, new Set([name])).has(name)) continue
    return refusal('access/right', { right: mark, parameter: name })
  }
  return null
}
