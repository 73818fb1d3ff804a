import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { QuotaDecision } from '#contract'
import { demoApi, finishedExchange } from '../exchange.fixture.js'
import { createMetrics, type Metrics } from './metrics.js'

const opened: Metrics[] = []
const metricsOf = (sources: Parameters<typeof createMetrics>[0] = {}) => {
  const metrics = createMetrics(sources)
  opened.push(metrics)
  return metrics
}
const lines = (metrics: Metrics) => metrics.render().split('\n')
after(() => opened.forEach((metrics) => void metrics.close()))

const refusedByApi: QuotaDecision = {
  admitted: false,
  states: (['application+api', 'api'] as const).map((key) => ({
    rule: { key, limit: 1, periodSeconds: 1, algorithm: 'bucket' },
    remaining: 0,
    resetMilliseconds: 1000,
  })),
  refusedBy: 1,
  retryAfterSeconds: 1,
}

describe('metrics', () => {
  it('count calls by platform, API, environment and status class', () => {
    const metrics = metricsOf()
    for (const status of [200, 204, 429, 700]) metrics.record(finishedExchange({ status }))
    metrics.record(finishedExchange({ environment: 'sandbox' }))
    const labels = 'platform="demo",api="demo/annuaire/1",environment='
    const found = lines(metrics).filter((line) => line.startsWith('portique_requests_total'))
    assert.deepEqual(found, [
      `portique_requests_total{${labels}"production",status="other"} 1`,
      `portique_requests_total{${labels}"production",status="2xx"} 2`,
      `portique_requests_total{${labels}"production",status="4xx"} 1`,
      `portique_requests_total{${labels}"sandbox",status="2xx"} 1`,
    ])
  })

  it('show durations as cumulated buckets in seconds', () => {
    const metrics = metricsOf()
    for (const durationMilliseconds of [1, 3, 40_000]) {
      metrics.record(finishedExchange({ durationMilliseconds, upstreamMilliseconds: null }))
    }
    const found = lines(metrics).filter((line) => line.startsWith('portique_request_duration_seconds'))
    const ends = found.map((line) => line.slice(line.indexOf('status=')))
    assert.ok(ends.includes('status="2xx",le="0.001"} 1'))
    assert.ok(ends.includes('status="2xx",le="0.0025"} 1'))
    assert.ok(ends.includes('status="2xx",le="0.005"} 2'))
    assert.ok(ends.includes('status="2xx",le="30"} 2'))
    assert.ok(ends.includes('status="2xx",le="+Inf"} 3'))
    assert.ok(ends.includes('status="2xx"} 40.004'))
    assert.ok(ends.includes('status="2xx"} 3'))
    assert.ok(lines(metrics).some((line) => /^portique_upstream_duration_seconds_count\{.*\} 0$/.test(line)))
  })

  it('count refusals by code, and those of quotas by level', () => {
    const metrics = metricsOf()
    metrics.record(finishedExchange({ status: 429, refusal: 'quota/api', quota: refusedByApi }))
    metrics.record(finishedExchange({ status: 401, refusal: 'token/invalid' }))
    const found = lines(metrics)
    assert.ok(found.includes('portique_refusals_total{code="quota/api"} 1'))
    assert.ok(found.includes('portique_refusals_total{code="token/invalid"} 1'))
    assert.ok(found.includes('portique_quota_refusals_total{level="api"} 1'))
  })

  it('stay bounded whatever callers send, and lose no call', () => {
    const metrics = metricsOf()
    for (let index = 0; index < 5000; index += 1) {
      const api = demoApi({ id: `demo/api-${index}/1` })
      const more = { applicationId: `cli_${index}`, requestId: `r${index}`, method: `M${index}` }
      metrics.record(finishedExchange({ ...more, api, status: 100 + (index % 900), refusal: `code-${index}` }))
    }
    const found = lines(metrics)
    assert.ok(found.length < 100_000)
    for (const name of ['portique_requests_total', 'portique_refusals_total']) {
      const values = found.filter((line) => line.startsWith(`${name}{`)).map((line) => Number(line.split(' ').at(-1)))
      assert.equal(
        values.reduce((sum, value) => sum + value, 0),
        5000,
      )
      assert.ok(values.length <= 2100)
    }
    assert.equal(metrics.render().includes('cli_'), false)
  })

  it('escape labels, and keep to the text format line by line', () => {
    const metrics = metricsOf({
      inFlight: () => 3,
      usageBacklog: () => 4,
      feedSilentMilliseconds: () => 250,
      accessLogDropped: () => 5,
      visits: () => ({ given: 2, address: 1 }),
      frontRefusals: () => ({ 'request/host': 3 }),
    })
    metrics.record(finishedExchange({ api: demoApi({ id: 'a"b\\c\nd' }) }))
    const found = lines(metrics)
    assert.ok(found.some((line) => line.includes('api="a\\"b\\\\c\\nd"')))
    assert.ok(found.includes('portique_requests_in_flight 3'))
    assert.ok(found.includes('portique_usage_backlog_keys 4'))
    assert.ok(found.includes('portique_feed_silence_seconds 0.25'))
    assert.ok(found.includes('portique_access_log_dropped_total 5'))
    assert.ok(found.includes('portique_front_refusals_total{code="request/host"} 3'))
    assert.ok(found.includes('portique_visitor_tokens_total{outcome="given"} 2'))
    assert.ok(found.includes('portique_visitor_tokens_total{outcome="address"} 1'))
    assert.equal(found.pop(), '')
    const sample = /^[a-z_]+(\{([a-z]+="([^"\\\n]|\\[\\"n])*",?)*\})? [\d.e+-]+$/
    for (const line of found) assert.match(line, line.startsWith('#') ? /^# (HELP|TYPE) [a-z_]+ .+$/ : sample)
    const types = found.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2])
    assert.equal(new Set(types).size, types.length)
  })
})
