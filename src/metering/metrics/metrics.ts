import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FinishedExchange } from '#contract'
import { type ApiSeries, ApiSeriesTable, statusClasses } from './api-series.js'
import { Exposition } from './exposition.js'
import { Tally } from './tally.js'
import { writeProcess } from './write-process.js'

/** Values that others know, asked when the metrics are read. */
export interface MetricSources {
  /** Calls being served now. */
  readonly inFlight?: () => number
  /** Usage keys not written yet. */
  readonly usageBacklog?: () => number
  /** Milliseconds since the store's feed was last known to be whole. */
  readonly feedSilentMilliseconds?: () => number
  readonly accessLogDropped?: () => number
  readonly quotaCounters?: () => number
  /** 1 while quotas over several nodes fall back on this node's local share. */
  readonly quotaLocalShare?: () => number
  /** How many requests the front refused, by code. */
  readonly frontRefusals?: () => Readonly<Record<string, number>>
  /** How many visitors asked for a token of the sandbox, by how that ended. */
  readonly visits?: () => Readonly<Record<string, number>>
}

export interface Metrics {
  record(exchange: FinishedExchange): void
  /** Prometheus text format; serve it as `metricsContentType`. */
  render(): string
  close(): void
}

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Own counters, a few array increments a call. Labels are bounded: APIs, environments, status classes, codes of the table; never an application or a person. */
export function createMetrics(sources: MetricSources): Metrics {
  const series = new ApiSeriesTable()
  const refusals = new Tally(200)
  const quotaRefusals = new Tally(20)
  const loopDelay = monitorEventLoopDelay({ resolution: 20 })
  loopDelay.enable()
  return {
    record(exchange) {
      series.count(exchange)
      if (exchange.refusal !== null) refusals.add(exchange.refusal)
      const refusedBy = exchange.quota?.refusedBy
      if (refusedBy !== undefined) quotaRefusals.add(exchange.quota?.states[refusedBy]?.rule.key ?? '')
    },
    render() {
      const exposition = new Exposition()
      writeSeries(exposition, [...series.all()])
      writeTally(exposition, refusals, { name: 'portique_refusals_total', label: 'code', help: 'Calls refused.' })
      const help = 'Calls refused by a quota, by its level.'
      writeTally(exposition, quotaRefusals, { name: 'portique_quota_refusals_total', label: 'level', help })
      writeSources(exposition, sources)
      writeProcess(exposition, loopDelay)
      return exposition.toString()
    },
    close: () => void loopDelay.disable(),
  }
}

function writeSeries(exposition: Exposition, all: readonly ApiSeries[]): void {
  exposition.family(
    'portique_requests_total',
    'counter',
    'Calls answered; an answer that its provider broke off counts as 5xx.',
  )
  eachStatus(all, (labels, { requests }, index) =>
    exposition.sample('portique_requests_total', labels, requests[index] ?? 0),
  )
  const duration = 'portique_request_duration_seconds'
  exposition.family(duration, 'histogram', 'From request to answer.')
  eachStatus(all, (labels, { durations }, index) => durations[index]?.write(exposition, duration, labels))
  const upstream = 'portique_upstream_duration_seconds'
  exposition.family(upstream, 'histogram', 'Time spent at the upstream.')
  for (const each of all) each.upstream.write(exposition, upstream, labelsOf(each))
}

function eachStatus(
  all: readonly ApiSeries[],
  write: (labels: Record<string, string>, series: ApiSeries, index: number) => void,
): void {
  for (const series of all) {
    for (const [index, status] of statusClasses.entries()) {
      if (series.requests[index] !== 0) write({ ...labelsOf(series), status }, series, index)
    }
  }
}

function labelsOf({ platform, api, environment }: ApiSeries): Record<string, string> {
  return { platform, api, environment }
}

function writeTally(exposition: Exposition, tally: Tally, as: { name: string; label: string; help: string }): void {
  exposition.family(as.name, 'counter', as.help)
  for (const [name, count] of tally.entries()) exposition.sample(as.name, { [as.label]: name }, count)
}

interface Counted {
  readonly help: string
  readonly read: (() => Readonly<Record<string, number>>) | undefined
}

function writeSources(exposition: Exposition, sources: MetricSources): void {
  const gauge = (name: string, help: string, read: (() => number) | undefined) => {
    if (read !== undefined) exposition.single(name, 'gauge', { help, value: read() })
  }
  gauge('portique_requests_in_flight', 'Calls being served.', sources.inFlight)
  gauge('portique_usage_backlog_keys', 'Usage keys not written yet.', sources.usageBacklog)
  const silent = sources.feedSilentMilliseconds
  gauge('portique_feed_silence_seconds', 'Silence of the change feed.', silent && (() => silent() / 1000))
  gauge('portique_quota_counters', 'Quota counters held.', sources.quotaCounters)
  gauge('portique_quota_local_share', '1 while quotas fall back on a local share.', sources.quotaLocalShare)
  const help = 'Access log lines dropped because their target was full or slow.'
  const dropped = sources.accessLogDropped
  if (dropped !== undefined)
    exposition.single('portique_access_log_dropped_total', 'counter', { help, value: dropped() })
  const counter = (name: string, label: string, { help, read }: Counted) => {
    if (read === undefined) return
    exposition.family(name, 'counter', help)
    for (const [of, count] of Object.entries(read())) exposition.sample(name, { [label]: of }, count)
  }
  const refused = 'Requests refused before any part of Portique had them.'
  counter('portique_front_refusals_total', 'code', { help: refused, read: sources.frontRefusals })
  const visits = 'Visitors who asked for a token of the sandbox, by how that ended.'
  counter('portique_visitor_tokens_total', 'outcome', { help: visits, read: sources.visits })
}
