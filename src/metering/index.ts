/** How much and what happened: quotas decided to the call, usage that loses nothing, metrics, the access log and the evidence of calls for personal data. */
export { createQuotas, type Quotas, type QuotasOptions } from './quotas/quotas.js'
