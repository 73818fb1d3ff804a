import type { Clock } from '#base'
import type { ApiVersion } from '#contract'
import { casesAt } from '#sandbox'

/** With the months of its cases where they stand now; without a clock they stay as they are written. */
export const apiNow = (api: ApiVersion, clock: Clock | undefined): ApiVersion =>
  clock === undefined ? api : { ...api, cases: casesAt(api.cases ?? [], clock()) }
