import { breachRefusal, parametersMost, readQuery, refusal } from '#contract'
import { parametersOf } from '../route/operations.js'
import { isVerbatim } from '../verbatim.js'
import type { Step } from './step.js'

/** Where the platform asks for it, the parameters keep to the contract: the same check for whoever answers then. */
export const parametersStep: Step = (exchange, { clock }) => {
  const { route, operation, plan, target } = exchange
  if (route === null || operation === null || plan === null || target === null) return refusal('route/unknown-api')
  if (route.platform.checksParameters !== true) return null
  if (isTooLong(target.raw)) return refusal('request/malformed')
  const path = parametersOf(operation, target.segments, route.depth)
  const breach = plan.checkOf(operation)({ query: readQuery(target.raw), path }, clock())
  if (breach === null) return null
  const refused = breachRefusal(breach, operation)
  const parameter = String(refused.detail?.parameter)
  // A case cannot vouch for what it ignores.
  if (!isVerbatim(exchange) || route.platform.cases?.ignored.includes(parameter) === true) return refused
  exchange.unlessWritten = refused
  return null
}

/** Parameters past this number would not be read: a call with more is refused rather than half checked. */
const isTooLong = (raw: string): boolean => raw.split('&', parametersMost + 1).length > parametersMost
