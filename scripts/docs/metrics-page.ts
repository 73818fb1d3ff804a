import type { FinishedExchange } from '#contract'
import { createMetrics } from '../../src/metering/metrics/metrics.js'
import { table } from './table.js'

/** Every metric with its labels, from what `/metrics` itself writes after one refused call. */
export function metricsPage(): string {
  const text = exposition()
  const labels = labelsIn(text)
  const rows = [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
    ([, name = '', help = '', kind = '']) => [
      `\`${name}\``,
      kind,
      [...(labels.get(name) ?? [])].map((label) => `\`${label}\``).join(', '),
      help,
    ],
  )
  return `# Metrics

This page is made from what \`/metrics\` writes (\`npm run docs\`): Prometheus text, version 0.0.4.

Labels hold names of platforms, APIs and environments, classes of statuses (\`2xx\`) and codes of [refusals](refusals.md): never an application or a person.
A call that reached no API has empty labels. \`portique_quota_local_share\` exists with \`VALKEY_URL\` only, \`portique_access_log_dropped_total\` with
\`PORTIQUE_ACCESS_LOG\` only. The \`outcome\` of \`portique_visitor_tokens_total\` is \`given\`, the limit that was met (\`address\`, \`network\` or \`platform\`), or \`closed\`.

${table(['name', 'kind', 'labels', 'meaning'], rows)}
`
}

function exposition(): string {
  const nothing = () => 0
  const metrics = createMetrics({
    inFlight: nothing,
    usageBacklog: nothing,
    feedSilentMilliseconds: nothing,
    accessLogDropped: nothing,
    quotaCounters: nothing,
    quotaLocalShare: nothing,
    visits: () => ({ given: 0 }),
    frontRefusals: () => ({ 'request/host': 0 }),
  })
  metrics.record(refusedCall)
  const text = metrics.render()
  metrics.close()
  return text
}

/** Samples by the family they belong to; `le` and `quantile` are the format's own. */
function labelsIn(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const [, name = '', list = ''] of text.matchAll(/^([a-z_]+)\{(.*)\} /gm)) {
    const family = name.replace(/_(?:bucket|sum|count)$/, '')
    const known = found.get(family) ?? new Set()
    for (const [, label = ''] of list.matchAll(/(\w+)="/g)) if (label !== 'le') known.add(label)
    found.set(family, known)
  }
  return found
}

const refusedCall: FinishedExchange = {
  requestId: '',
  startedAt: 0,
  durationMilliseconds: 1,
  upstreamMilliseconds: 1,
  method: 'GET',
  api: null,
  operation: null,
  environment: null,
  applicationId: null,
  tokenId: null,
  tokenName: null,
  habilitationId: null,
  person: null,
  recipient: null,
  fields: null,
  status: 429,
  refusal: 'quota/api',
  quota: {
    admitted: false,
    refusedBy: 0,
    retryAfterSeconds: 1,
    states: [
      {
        rule: { key: 'api', limit: 1, periodSeconds: 1, algorithm: 'bucket' },
        remaining: 0,
        resetMilliseconds: 1,
      },
    ],
  },
  requestBytes: 0,
  responseBytes: 0,
  complete: true,
}
