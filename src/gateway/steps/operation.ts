import { refusal } from '#contract'
import type { Step } from './step.js'

/** Finds the contract's operation; HEAD falls to GET where the contract has no HEAD of its own (RFC 9110 section 9.3.2). */
export const operationStep: Step = (exchange) => {
  const { target, route, plan } = exchange
  if (target === null || route === null || plan === null) return refusal('route/unknown-api')
  const slash = !target.trailingSlash ? 'none' : exchange.dialect.trailingSlash === 'ignored' ? 'ignored' : 'one'
  const resource = plan.operations.find(target.segments, route.depth, slash)
  if (resource === null) return refusal('route/unknown-resource')
  const method = exchange.request.method ?? 'GET'
  const operation = resource.methods.get(method) ?? (method === 'HEAD' ? resource.methods.get('GET') : undefined)
  if (operation === undefined) return refusal('route/method', { allow: resource.allow })
  exchange.operation = operation
  return null
}
