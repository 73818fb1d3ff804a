import type { ApiVersion, Environment, Operation, QuotaCharge, QuotaRule, Subscription, Verified } from '#contract'

/** Whose counters a call touches. */
export interface Chargeable {
  readonly api: ApiVersion | null
  readonly environment: Environment | null
  readonly subscription: Subscription | null
  readonly operation: Operation | null
  readonly verified: Verified | null
}

/** The charges of a call: built once per subscription (and operation or token, where a rule counts those), then reused as they are. */
export interface Charges {
  of(call: Chargeable): readonly QuotaCharge[]
}

export function createCharges(): Charges {
  const known = new WeakMap<Subscription, Shelf>()
  return {
    of(call) {
      const { api, subscription } = call
      if (api === null || subscription === null) return none
      let shelf = known.get(subscription)
      if (shelf === undefined || shelf.api !== api) {
        shelf = newShelf(api, subscription)
        known.set(subscription, shelf)
      }
      const key = shelf.keyOf(call)
      return shelf.lists.get(key) ?? remember(shelf, key, call)
    },
  }
}

interface Shelf {
  readonly api: ApiVersion
  readonly rules: readonly QuotaRule[]
  readonly lists: Map<string, readonly QuotaCharge[]>
  /** What tells two calls of this subscription apart for counting. */
  keyOf(call: Chargeable): string
}

const none: readonly QuotaCharge[] = []
/** Tokens come and go: past this many lists the shelf starts anew. */
const listsMax = 2_000

function newShelf(api: ApiVersion, subscription: Subscription): Shelf {
  const replaced = new Set(subscription.quotas.map((rule) => rule.key))
  const rules = [...api.quotas.filter((rule) => !replaced.has(rule.key)), ...subscription.quotas]
  const byOperation = rules.some((rule) => rule.key === 'application+operation')
  const byToken = rules.some(({ key }) => key === 'token' || key === 'token+api')
  const keyOf = ({ operation, verified }: Chargeable): string => {
    const own = byOperation ? (operation?.id ?? '') : ''
    const limit = verified?.quotas?.[0]?.limit
    if (limit !== undefined) return `${own}|${verified?.tokenId}|${limit}`
    return byToken ? `${own}|${verified?.tokenId}` : own
  }
  return { api, rules, lists: new Map(), keyOf }
}

function remember(shelf: Shelf, key: string, call: Chargeable): readonly QuotaCharge[] {
  if (shelf.lists.size >= listsMax) shelf.lists.clear()
  const own = (call.verified?.quotas ?? []).map((rule) => ({ rule, subject: ownSubject(rule, call) }))
  const list = Object.freeze(
    [...shelf.rules.map((rule) => ({ rule, subject: subjectOf(rule, call) })), ...own].map((charge) =>
      Object.freeze(charge),
    ),
  )
  shelf.lists.set(key, list)
  return list
}

/** What a token brings itself counts its calls of all APIs together. */
const ownSubject = (rule: QuotaRule, { environment, verified, subscription }: Chargeable) =>
  `own|${rule.periodSeconds}|${environment ?? subscription?.environment}|${verified?.tokenId}`

function subjectOf(rule: QuotaRule, { api, environment, operation, verified, subscription }: Chargeable): string {
  const level = `${rule.key}|${environment ?? subscription?.environment}`
  if (rule.key === 'api') return `${level}|${api?.id}`
  if (rule.key === 'token') return `${level}|${verified?.tokenId}|${api?.platform}`
  if (rule.key === 'token+api') return `${level}|${verified?.tokenId}|${api?.id}`
  const owner = `${level}|${verified?.applicationId}|${api?.id}`
  return rule.key === 'application+api' ? owner : `${owner}|${operation?.id}`
}
