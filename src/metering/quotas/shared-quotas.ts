import type { Log } from '#base'
import type { QuotaCharge, QuotaDecision, QuotaRule } from '#contract'
import { localShare } from './local-share.js'
import { divideUp, type Plan, planOf } from './plan.js'
import type { Quotas } from './quotas.js'
import { connectSharedCounters } from './shared-counters.js'

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
  close(): Promise<void>
}

const probeMilliseconds = 250
/** A connection whose probes were not answered this often in a row is given up for a new one. */
const silentProbesMax = 8

/** Quotas exact over all nodes. While the server is gone or slow each node keeps to its local share, and says so in the log; calls then do not wait for it. */
export function createSharedQuotas(options: SharedQuotasOptions): SharedQuotas {
  const { local, log, keyPrefix = 'portique:quota:', budgetMilliseconds = 50 } = options
  const url = options.url.replace(/^valkey/, 'redis')
  const spendLocally = localShare(local, options.localShare)
  const arguments_ = createArguments()
  let counters = connectSharedCounters(url)
  let reachable = false
  let alarmed = false
  let failures = 0
  let met = false
  let silentProbes = 0
  let closed = false
  const prober = setInterval(probe, probeMilliseconds).unref()
  probe()

  function spend(charges: readonly QuotaCharge[], now: number): QuotaDecision | Promise<QuotaDecision> {
    return reachable && charges.length > 0 ? spendTogether(charges, now) : spendLocally(charges, now)
  }

  async function spendTogether(charges: readonly QuotaCharge[], now: number): Promise<QuotaDecision> {
    try {
      const keys = charges.map(({ rule, subject }) => `${keyPrefix}${rule.algorithm}:${rule.periodSeconds}:${subject}`)
      const values = charges.flatMap(({ rule }) => arguments_(rule))
      return decisionOf(charges, await inTime(counters.decide(keys, values), budgetMilliseconds))
    } catch {
      lose()
      return spendLocally(charges, now)
    }
  }

  function lose(): void {
    reachable = false
    failures += 1
    // The very first probe is sent before the connection can stand: that is no news.
    if (alarmed || (failures === 1 && !met)) return
    alarmed = true
    log.error('quota/local-share', { share: options.localShare })
  }

  function probe(): void {
    if (reachable) return
    // A script that debits shows what a ping would not: a replica that only reads, or a full server.
    const values = arguments_(probeRule)
    inTime(counters.decide([`${keyPrefix}probe`], values), budgetMilliseconds).then(regain, () => {
      lose()
      silentProbes += 1
      if (silentProbes < silentProbesMax || closed) return
      silentProbes = 0
      counters.close()
      counters = connectSharedCounters(url)
    })
  }

  function regain(): void {
    reachable = true
    met = true
    silentProbes = 0
    if (alarmed) log.info('quota/shared-again')
    alarmed = false
  }

  return {
    spend,
    local: () => !reachable,
    async close() {
      closed = true
      clearInterval(prober)
      reachable = false
      counters.close()
    },
  }
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

async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('the shared counters did not answer in time')), milliseconds)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
