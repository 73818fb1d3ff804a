/** How much and what happened: quotas decided to the call, usage that loses nothing, metrics, the access log and the evidence of calls for personal data. */

export { type LogTarget, openLogTarget } from './access-log/log-target.js'
export {
  createEvidenceReader,
  type EvidenceFilter,
  type EvidencePage,
  type EvidenceReader,
  type EvidenceRecord,
  type PersonTouched,
} from './evidence/evidence-reader.js'
export { createPersonHash } from './evidence/person-hash.js'
export { createMetering, type Metering, type MeteringOptions } from './metering.js'
export { metricsContentType } from './metrics/metrics.js'
export { createQuotas, type Quotas, type QuotasOptions } from './quotas/quotas.js'
export { type ApiUsage, usageByApi } from './usage/usage-by-api.js'
export { type ApplicationUsage, usageByApplication } from './usage/usage-by-application.js'
export { type UsageSeries, type UsageStep, usageOverTime } from './usage/usage-over-time.js'
export type { Period } from './usage/usage-sums.js'
