import { readQuery, refusal } from '#contract'
import type { Step } from './step.js'

/** The habilitation gives the right that the operation, or a parameter of this call, asks for. */
export const rightsStep: Step = ({ operation, plan, verified, target }) => {
  const rights = operation === null ? null : (plan?.rightsOf(operation) ?? null)
  if (rights === null) return null
  const held = verified?.rights
  if (rights.call !== null && held?.has(rights.call) !== true) return refusal('access/right', { right: rights.call })
  if (rights.parameters.size === 0) return null
  for (const [name, values] of readQuery(target?.raw ?? '')) {
    const right = rights.parameters.get(name.replace(/\[\]$/, ''))
    if (right !== undefined && values.some((value) => value !== '') && held?.has(right) !== true)
      return refusal('access/right', { right, parameter: name })
  }
  return null
}
