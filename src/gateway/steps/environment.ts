import { marksSandbox, refusal } from '#contract'
import type { Step } from './step.js'

/**
 * The address decides and the credential must match; on an address that says nothing the credential decides. Where the platform writes
 * its sandbox into the path, subscription and scope prove the right to it instead.
 */
export const environmentStep: Step = (exchange) => {
  const { route, verified, api } = exchange
  if (route === null || verified === null) return refusal('token/missing')
  if (route.environment === null) exchange.environment = verified.environment
  else if (!(api !== null && marksSandbox(route.platform.path, api)) && route.environment !== verified.environment)
    return refusal('token/environment', { environment: route.environment })
  return null
}
