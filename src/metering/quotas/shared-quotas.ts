import type { Log } from '#base'
import type { QuotaCharge, QuotaDecision, QuotaRule } from '#contract'
import { scriptOf, type Valkey } from '../valkey/valkey.js'
import { createValkeyLink, type ValkeyLink } from '../valkey/valkey-link.js'
import { localShare } from './local-share.js'
import { divideUp, type Plan, planOf } from './plan.js'
import type { Quotas } from './quotas.js'
import { debtScript, sharedScript } from './shared-script.js'
import { SpentAlone } from './spent-alone.js'

export interface SharedQuotasOptions {
  /** `redis://…` or `valkey://…`; one server, no cluster: the charges of a call are decided in one script. */
  readonly url: string
  /** Part of each limit that this node grants alone while the server is gone, e.g. 0.5 for two nodes. */
  readonly localShare: number
  /** Keeps the local share. */
  readonly local: Quotas
  readonly log: Log
  readonly keyPrefix?: string
  /** What the server may add to a call. */
  readonly budgetMilliseconds?: number
}

export interface SharedQuotas {
  spend(charges: readonly QuotaCharge[], now: number): QuotaDecision | Promise<QuotaDecision>
  /** True while the local share decides. */
  local(): boolean
  /** The line to the server, for what else all nodes share. */
  readonly link: ValkeyLink
  close(): Promise<void>
}

/** Quotas exact over all nodes. While the server is gone or slow each node keeps to its local share, and says so in the log; calls then do not wait for it. */
export function createSharedQuotas(options: SharedQuotasOptions): SharedQuotas {
  const { local, log, keyPrefix = 'portique:quota:', budgetMilliseconds = 50 } = options
  const share = localShare(local, options.localShare)
  const alone = new SpentAlone(share)
  const arguments_ = createArguments()
  const keyOf = ({ rule, subject }: QuotaCharge) => `${keyPrefix}${rule.algorithm}:${rule.periodSeconds}:${subject}`
  const link = createValkeyLink({
    url: options.url,
    budgetMilliseconds,
    // A script that debits shows what a ping would not: a replica that only reads, or a full server.
    async probe(valkey) {
      await decide(valkey, [`${keyPrefix}probe`], arguments_(probeRule))
      await tellDebts(valkey)
    },
    lost: () => log.error('quota/local-share', { share: options.localShare }),
    regained: () => {
      log.info('quota/shared-again')
      // Of the calls that came while the rest was told.
      link.tell(tellDebts)
    },
  })

  async function spendTogether(charges: readonly QuotaCharge[], now: number): Promise<QuotaDecision> {
    const keys = charges.map(keyOf)
    const values = charges.flatMap(({ rule }) => arguments_(rule))
    const numbers = await link.ask((valkey) => decide(valkey, keys, values))
    if (numbers === undefined) return spendAlone(charges, now)
    const decision = decisionOf(charges, numbers)
    // What is not told yet would be forgotten with the count that it is part of.
    if (alone.size === 0) share.follow(charges, decision.states, now)
    return decision
  }

  function spendAlone(charges: readonly QuotaCharge[], now: number): QuotaDecision {
    alone.note(charges, now)
    return share.spend(charges, now)
  }

  /** In small scripts: the server does nothing else meanwhile. One that fails is not told again, and its calls count twice. */
  async function tellDebts(valkey: Valkey): Promise<void> {
    while (alone.size > 0) {
      const debts = alone.take(debtsPerScript, Date.now())
      if (debts.length === 0) continue
      const values = debts.flatMap(({ charge, calls }) => [...arguments_(charge.rule), String(calls)])
      await valkey.run(
        debtsOf,
        debts.map(({ charge }) => keyOf(charge)),
        values,
      )
    }
  }

  return {
    spend: (charges, now) =>
      link.reachable() && charges.length > 0 ? spendTogether(charges, now) : spendAlone(charges, now),
    local: () => !link.reachable(),
    link,
    close: async () => link.close(),
  }
}

const script = scriptOf(sharedScript)
const debtsOf = scriptOf(debtScript)
const debtsPerScript = 200

/** Three numbers a key. */
async function decide(valkey: Valkey, keys: readonly string[], values: readonly string[]): Promise<readonly number[]> {
  const reply = await valkey.run(script, keys, values)
  const length = keys.length * 3
  if (Array.isArray(reply) && reply.length === length && reply.every((each) => typeof each === 'number')) return reply
  throw new TypeError('the shared counters gave an answer that is no list of numbers')
}

const probeRule: QuotaRule = { key: 'api', limit: 1_000_000, periodSeconds: 1, algorithm: 'fixed' }

function createArguments(): (rule: QuotaRule) => readonly string[] {
  const known = new WeakMap<QuotaRule, readonly string[]>()
  return (rule) => {
    const kept = known.get(rule) ?? argumentsOf(planOf(rule))
    known.set(rule, kept)
    return kept
  }
}

function argumentsOf({ bucket, cost, refill, capacity, limit, periodMilliseconds }: Plan): readonly string[] {
  return [bucket ? 1 : 0, cost, refill, capacity, limit, periodMilliseconds].map(String)
}

function decisionOf(charges: readonly QuotaCharge[], numbers: readonly number[]): QuotaDecision {
  let longest = 0
  let refusedBy = -1
  const states = charges.map(({ rule }, index) => {
    const [wait = 0, remaining = 0, resetMilliseconds = 0] = numbers.slice(index * 3, index * 3 + 3)
    if (wait > longest) {
      longest = wait
      refusedBy = index
    }
    return { rule, remaining, resetMilliseconds }
  })
  if (refusedBy < 0) return { admitted: true, states }
  return { admitted: false, states, refusedBy, retryAfterSeconds: divideUp(longest, 1000) }
}
