import { type ApiVersion, apiProjection, type CallCheck, callChecks, type Operation } from '#contract'
import { type FixedFields, fixedFields } from '../answer/fixed-fields.js'
import { type Shaping, shapings } from '../answer/shaping.js'
import { type OperationRights, operationRights } from './operation-rights.js'
import { type OperationTree, operationTree } from './operations.js'

/** What is worked out once per API version, not per call. */
export interface ApiPlan {
  readonly operations: OperationTree
  /** How scopes shape an operation's answers; null where none does. */
  readonly shapingOf: (operation: Operation) => Shaping | null
  /** What the contract says of an operation's parameters. */
  readonly checkOf: (operation: Operation) => CallCheck
  /** Rights beside scopes that an operation asks for; null: none. */
  readonly rightsOf: (operation: Operation) => OperationRights | null
  /** With `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) and their links. */
  readonly fixedFields: FixedFields
}

/** Keeps the plan of each version as long as the version itself. */
export function apiPlans(lifecycleUrl: (api: ApiVersion) => string | null): (api: ApiVersion) => ApiPlan {
  const plans = new WeakMap<ApiVersion, ApiPlan>()
  return (api) => {
    const known = plans.get(api)
    if (known !== undefined) return known
    const plan = {
      operations: operationTree(api.operations),
      shapingOf: shapings(apiProjection(api)),
      checkOf: callChecks(),
      rightsOf: operationRights(),
      fixedFields: fixedFields(lifecycleHeaders(api, lifecycleUrl(api))),
    }
    plans.set(api, plan)
    return plan
  }
}

function lifecycleHeaders({ lifecycle }: ApiVersion, url: string | null): readonly string[] {
  const headers: string[] = []
  const { deprecatedOn, sunsetOn } = lifecycle
  if (deprecatedOn !== null) headers.push('Deprecation', `@${Math.floor(deprecatedOn / 1000)}`)
  if (deprecatedOn !== null && url !== null) headers.push('Link', `<${url}>; rel="deprecation"; type="text/html"`)
  if (sunsetOn !== null) headers.push('Sunset', new Date(sunsetOn).toUTCString())
  if (sunsetOn !== null && url !== null) headers.push('Link', `<${url}>; rel="sunset"; type="text/html"`)
  return headers
}
