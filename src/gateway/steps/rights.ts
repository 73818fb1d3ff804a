import { type Operation, type Platform, type Refusal, readQuery, refusal, type Verified } from '#contract'
import type { OperationRights } from '../route/operation-rights.js'
import type { Step } from './step.js'

/** The habilitation gives the right that the operation, or a parameter of this call, asks for, and the token is a person's where one is needed. */
export const rightsStep: Step = ({ route, operation, plan, verified, target }) => {
  if (route === null || operation === null || plan === null || verified === null) return null
  const refused = wrongPerson(route.platform, operation, verified)
  if (refused !== null) return refused
  const rights = plan.rightsOf(operation)
  return rights === null ? null : missingRight(rights, verified, target?.raw ?? '')
}

/** Where a platform's contracts say which calls are made in a person's name, a token of hers opens those and no others. */
function wrongPerson(platform: Platform, { definition }: Operation, { subject, realm }: Verified): Refusal | null {
  const needed = definition['x-person']
  if (needed !== undefined)
    return subject !== undefined && (realm === undefined || realm === needed) ? null : refusal('access/person')
  return subject !== undefined && namesPeople(platform) ? refusal('token/foreign') : null
}

const known = new WeakMap<Platform, boolean>()

function namesPeople(platform: Platform): boolean {
  const before = known.get(platform)
  if (before !== undefined) return before
  const names = platform.apis.some(({ operations }) =>
    operations.some(({ definition }) => definition['x-person'] !== undefined),
  )
  known.set(platform, names)
  return names
}

function missingRight(rights: OperationRights, { rights: held }: Verified, target: string): Refusal | null {
  if (rights.call !== null && held?.has(rights.call) !== true) return refusal('access/right', { right: rights.call })
  if (rights.parameters.size === 0) return null
  for (const [name, values] of readQuery(target)) {
    const right = rights.parameters.get(name.replace(/\[\]$/, ''))
    if (right !== undefined && values.some((value) => value !== '') && held?.has(right) !== true)
      return refusal('access/right', { right, parameter: name })
  }
  return null
}
