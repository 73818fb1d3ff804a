import type { ApiVersion, CatalogSnapshot } from '#contract'
import type { ApiPlan } from './api-plan.js'

/** Compiles the checks of every operation that has any, one after another, each in a turn of its own. */
export async function warmChecks(
  { apis, platforms }: CatalogSnapshot,
  planOf: (api: ApiVersion) => ApiPlan,
): Promise<void> {
  for (const api of apis) {
    if (platforms.get(api.platform)?.checksParameters !== true) continue
    for (const operation of api.operations) {
      await new Promise((resolve) => setImmediate(resolve))
      planOf(api).checkOf(operation)
    }
  }
}
