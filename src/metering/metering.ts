import type { Clock, Identifiers, Log } from '#base'
import type { KeepEvidence, MarkFlight, Record as RecordExchange, Spend } from '#gateway'
import type { Store } from '#storage'
import { type AccessLog, createAccessLog } from './access-log/access-log.js'
import { createEvidence } from './evidence/evidence.js'
import { createEvidencePurge } from './evidence/evidence-purge.js'
import { createMetrics } from './metrics/metrics.js'
import { createQuotas, type Quotas } from './quotas/quotas.js'
import type { SharedQuotas } from './quotas/shared-quotas.js'
import { createUsage } from './usage/usage.js'

export interface MeteringOptions {
  readonly store: Store
  readonly clock: Clock
  /** Name of this node; no two running nodes share one. */
  readonly node: string
  readonly log: Log
  readonly identifiers: Identifiers
  /** Where access log lines go; absent: no access log. */
  readonly writeAccessLog?: (lines: string) => Promise<void>
  /** Calls being served now, for the metrics. */
  readonly inFlight?: () => number
  /** Visitors who asked for a token, by how that ended, for the metrics. */
  readonly visits?: () => Readonly<Record<string, number>>
  /** Requests that the front refused, by code, for the metrics. */
  readonly frontRefusals?: () => Readonly<Record<string, number>>
  /** File that keeps the usage which a stop could not write, for the next start. */
  readonly leftUsageFile?: string
  /** How long evidence is kept, in days; a year unless told otherwise. */
  readonly evidenceDays?: number
  readonly quotaCapacity?: number
  /** Quotas over several nodes: Valkey or Redis, and the share of each limit that this node keeps to while that is gone. */
  readonly sharedQuotas?: { readonly url: string; readonly localShare: number }
  /** Keyed hash of texts that name persons, where these leave the process. */
  readonly digest?: (text: string) => string
}

export interface Metering {
  readonly spend: Spend
  /** Absent where nodes share no quotas: they share no calls either. */
  readonly markFlight?: MarkFlight
  readonly record: RecordExchange
  readonly keepEvidence: KeepEvidence
  /** Prometheus text; serve it as `metricsContentType`. */
  renderMetrics(): string
  /** Writes all that is not written yet. */
  close(): Promise<void>
}

const sweepMilliseconds = 5000

/** Everything that is counted and kept of the calls, behind the gateway's ports. */
export async function createMetering(options: MeteringOptions): Promise<Metering> {
  const { store, clock, log, node, identifiers } = options
  const quotas = createQuotas(options.quotaCapacity === undefined ? {} : { capacity: options.quotaCapacity })
  const shared = await openShared(options, quotas)
  const usage = createUsage({
    ...{ store, node, log },
    ...(options.leftUsageFile !== undefined && { leftFile: options.leftUsageFile }),
  })
  const evidence = createEvidence({ store, identifiers })
  const purge = createEvidencePurge({ store, identifiers, clock, log, days: options.evidenceDays ?? 365 })
  const accessLog = options.writeAccessLog && createAccessLog({ write: options.writeAccessLog, clock })
  const metrics = createMetrics({
    usageBacklog: usage.backlog,
    feedSilentMilliseconds: () => store.feed.silentMilliseconds(),
    quotaCounters: quotas.size,
    ...(options.inFlight && { inFlight: options.inFlight }),
    ...(options.visits && { visits: options.visits }),
    ...(options.frontRefusals && { frontRefusals: options.frontRefusals }),
    ...(accessLog && { accessLogDropped: accessLog.dropped }),
    ...(shared && { quotaLocalShare: () => (shared.local() ? 1 : 0) }),
  })
  const sweeper = setInterval(sweepAndTell({ quotas, clock, log }), sweepMilliseconds).unref()
  return {
    spend: shared ? shared.spend : quotas.spend,
    ...(shared?.markFlight && { markFlight: shared.markFlight }),
    record(exchange) {
      usage.record(exchange)
      metrics.record(exchange)
      accessLog?.record(exchange)
    },
    keepEvidence: evidence.record,
    renderMetrics: metrics.render,
    async close() {
      clearInterval(sweeper)
      metrics.close()
      await Promise.all([usage.close(), evidence.close(), purge.close(), closeIfAny(accessLog), closeIfAny(shared)])
    },
  }
}

interface Shared extends SharedQuotas {
  readonly markFlight?: MarkFlight
}

/** Their client is loaded only where nodes share something: it is a tenth of the start. */
async function openShared({ sharedQuotas, log, digest }: MeteringOptions, local: Quotas): Promise<Shared | undefined> {
  if (sharedQuotas === undefined) return undefined
  const { createSharedQuotas } = await import('./quotas/shared-quotas.js')
  const { createSharedFlights } = await import('./flights/shared-flights.js')
  const quotas = createSharedQuotas({ ...sharedQuotas, local, log })
  return digest === undefined ? quotas : { ...quotas, markFlight: createSharedFlights({ link: quotas.link, digest }) }
}

function sweepAndTell({ quotas, clock, log }: { quotas: Quotas; clock: Clock; log: Log }): () => void {
  let told = 0
  return () => {
    quotas.sweep(clock())
    const refused = quotas.refusedForRoom()
    if (refused > told) log.error('quota/no-room', { refused: refused - told, counters: quotas.size() })
    told = refused
  }
}

async function closeIfAny(part: AccessLog | SharedQuotas | undefined): Promise<void> {
  await part?.close()
}
