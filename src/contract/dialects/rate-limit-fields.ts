import type { HeaderList } from '../exchange.js'
import type { QuotaDecision, QuotaKey, QuotaRule } from '../quota.js'

/** What a rule is called on the wire. */
export const quotaLevels: Readonly<Record<QuotaKey, 'application' | 'api' | 'operation' | 'token'>> = {
  'application+api': 'application',
  api: 'api',
  'application+operation': 'operation',
  token: 'token',
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10 sections 3 and 4), an item a rule. */
export function rateLimitFields({ states }: QuotaDecision): HeaderList {
  if (states.length === 0) return []
  const rules = states.map(({ rule }) => rule)
  const policies = rules.map((rule) => `"${policyName(rule, rules)}";q=${rule.limit};w=${rule.periodSeconds}`)
  const limits = states.map(
    ({ rule, remaining, resetMilliseconds }) =>
      `"${policyName(rule, rules)}";r=${Math.max(0, Math.floor(remaining))};t=${Math.max(0, Math.ceil(resetMilliseconds / 1000))}`,
  )
  return ['RateLimit-Policy', policies.join(', '), 'RateLimit', limits.join(', ')]
}

/** `application`, or `application-60s` where several windows count the same calls: names must differ. */
function policyName(rule: QuotaRule, rules: readonly QuotaRule[]): string {
  const level = quotaLevels[rule.key]
  return rules.filter(({ key }) => key === rule.key).length > 1 ? `${level}-${rule.periodSeconds}s` : level
}
