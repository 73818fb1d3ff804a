import type { HeaderList } from '../exchange.js'
import type { QuotaDecision, QuotaKey, QuotaRule, QuotaState } from '../quota.js'

/** What a rule is called on the wire. */
export const quotaLevels: Readonly<Record<QuotaKey, 'application' | 'api' | 'operation' | 'token'>> = {
  'application+api': 'application',
  api: 'api',
  'application+operation': 'operation',
  token: 'token',
  'token+api': 'token',
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10 sections 3 and 4), an item a rule. */
export function rateLimitFields({ states }: QuotaDecision): HeaderList {
  const [first] = states
  if (first === undefined) return []
  const { policy, names } = policyOf(first.rule, states)
  let limits = ''
  for (let index = 0; index < states.length; index += 1) {
    const { remaining, resetMilliseconds } = states[index] ?? first
    const left = Math.max(0, Math.floor(remaining))
    const reset = Math.max(0, Math.ceil(resetMilliseconds / 1000))
    limits += `${index === 0 ? '' : ', '}${names[index]};r=${left};t=${reset}`
  }
  return ['RateLimit-Policy', policy, 'RateLimit', limits]
}

/** What does not change from call to call. */
interface Policy {
  readonly rules: readonly QuotaRule[]
  readonly policy: string
  /** Quoted. */
  readonly names: readonly string[]
}

const known = new WeakMap<QuotaRule, Policy>()

/** Kept under the first of its rules; an API whose lists share it just makes it anew. */
function policyOf(first: QuotaRule, states: readonly QuotaState[]): Policy {
  const kept = known.get(first)
  if (kept !== undefined && isFor(kept, states)) return kept
  const rules = states.map(({ rule }) => rule)
  const names = rules.map((rule) => `"${policyName(rule, rules)}"`)
  const policy = rules.map((rule, index) => `${names[index]};q=${rule.limit};w=${rule.periodSeconds}`).join(', ')
  const fresh = { rules, policy, names }
  known.set(first, fresh)
  return fresh
}

function isFor({ rules }: Policy, states: readonly QuotaState[]): boolean {
  if (rules.length !== states.length) return false
  for (let index = 0; index < rules.length; index += 1) if (rules[index] !== states[index]?.rule) return false
  return true
}

/** `application`, or `application-60s` where several windows count the same calls: names must differ. */
function policyName(rule: QuotaRule, rules: readonly QuotaRule[]): string {
  const level = quotaLevels[rule.key]
  return rules.filter(({ key }) => quotaLevels[key] === level).length > 1 ? `${level}-${rule.periodSeconds}s` : level
}
