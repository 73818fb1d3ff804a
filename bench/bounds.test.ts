import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceBounds, gatewayBounds, importBounds, projectorBounds, tokenBounds } from './bounds.js'
import { withEvidence, withoutEvidence } from './evidence-bench.js'
import type { GatewayResult } from './gateway-bench.js'
import type { Sample } from './measure.js'
import { fastify } from './peers/fastify.js'
import { nginxLua } from './peers/nginx-lua.js'
import { portiqueGateway } from './peers/portique-gateway.js'
import { withMasks, withoutMasks } from './projector-bench.js'
import { bareProvider, bareRefresh, portiqueRefresh, portiqueTokens } from './token-bench.js'

test('a cost at the limits is kept, a hair over breaks', () => {
  assert.deepEqual(verdicts(gatewayBounds(costs(50, 20, 100))), [true, true, true])
  assert.deepEqual(verdicts(gatewayBounds(costs(50.1, 20, 200))), [false, true, true])
  assert.deepEqual(verdicts(gatewayBounds(costs(50.1, 30, 100))), [true, false, true])
})

test('peers are compared round by round, so that a machine that grows slower in mid-run tells nothing', () => {
  const rounds = (costs: readonly number[]) => costs.map((cpuMicroseconds) => sample({ cpuMicroseconds }))
  const measured = new Map([
    [portiqueGateway.name, rounds([45, 45, 90])],
    [nginxLua.name, rounds([20, 40, 40])],
    [fastify.name, rounds([100, 200, 200])],
  ])
  assert.deepEqual(
    gatewayBounds({ ...costs(1, 1, 1), measured }).map(({ found }) => found),
    ['2.25 ×', '0.45 ×', 'all hold'],
  )
})

test('a peer that was left out keeps no bound', () => {
  const { measured, ...rest } = costs(10, 20, 100)
  const withoutLua = new Map([...measured].filter(([name]) => name !== nginxLua.name))
  assert.deepEqual(verdicts(gatewayBounds({ ...rest, measured: withoutLua })), [false, true, true])
})

test('one call admitted beyond the quota breaks the exactness, and so does not checking', () => {
  const flood = { name: 'flood', expected: '200 admitted', found: '201 admitted' }
  const result = costs(10, 20, 100)
  assert.deepEqual(verdicts(gatewayBounds({ ...result, checks: new Map([[portiqueGateway.name, [flood]]]) })), [
    true,
    true,
    false,
  ])
  assert.deepEqual(verdicts(gatewayBounds({ ...result, checks: new Map() })), [true, true, false])
})

test('the token endpoint may be half as fast as the bare provider by each grant, not less', () => {
  assert.deepEqual(verdicts(tokenBounds(rates([500, 1000], [50, 100]))), [true, true])
  assert.deepEqual(verdicts(tokenBounds(rates([499, 1000], [50, 100]))), [false, true])
  assert.deepEqual(verdicts(tokenBounds(rates([500, 1000], [49, 100]))), [true, false])
})

test('evidence may cost a call four times its CPU on each store that was measured, not more', () => {
  const store = 'embedded store'
  const result = (cpu: number) => ({
    measured: new Map([
      [withoutEvidence(store), [sample({ cpuMicroseconds: 10 })]],
      [withEvidence(store), [sample({ cpuMicroseconds: cpu })]],
    ]),
    groupSizes: new Map([[store, 12]] as const),
    leftOut: new Map([['PostgreSQL', 'DATABASE_URL is not set.']]),
  })
  assert.deepEqual(verdicts(evidenceBounds(result(40))), [true])
  assert.deepEqual(verdicts(evidenceBounds(result(41))), [false])
  assert.deepEqual(verdicts(evidenceBounds({ ...result(1), measured: new Map() })), [false])
})

test('masks may cost a call fifteen hundredths of its CPU, not more', () => {
  const result = (cpu: number) => ({
    measured: new Map([
      [withoutMasks, [sample({ cpuMicroseconds: 100 })]],
      [withMasks, [sample({ cpuMicroseconds: cpu })]],
    ]),
  })
  assert.deepEqual(verdicts(projectorBounds(result(115))), [true])
  assert.deepEqual(verdicts(projectorBounds(result(115.1))), [false])
})

test('an import takes at least a hundred files a second', () => {
  const result = (seconds: number) => {
    const took = { files: 1_000, seconds, commandBytes: 0, servingBytes: 0 }
    return { first: took, again: took }
  }
  assert.deepEqual(verdicts(importBounds(result(10))), [true])
  assert.deepEqual(verdicts(importBounds(result(10.1))), [false])
})

function verdicts(bounds: readonly { readonly kept: boolean }[]): boolean[] {
  return bounds.map((bound) => bound.kept)
}

function costs(portique: number, lua: number, fastifyCost: number): GatewayResult {
  const measured = new Map([
    [portiqueGateway.name, [sample({ cpuMicroseconds: portique })]],
    [nginxLua.name, [sample({ cpuMicroseconds: lua })]],
    [fastify.name, [sample({ cpuMicroseconds: fastifyCost })]],
  ])
  const held = { name: 'flood', expected: '200 admitted', found: '200 admitted' }
  return { upstream: 'none', measured, checks: new Map([[portiqueGateway.name, [held]]]), leftOut: new Map() }
}

type Pair = readonly [portique: number, bare: number]

function rates([portique, bare]: Pair, [renewed, renewedBare]: Pair) {
  const measured = new Map([
    [portiqueTokens, [sample({ callsPerSecond: portique })]],
    [bareProvider, [sample({ callsPerSecond: bare })]],
    [portiqueRefresh, [sample({ callsPerSecond: renewed })]],
    [bareRefresh, [sample({ callsPerSecond: renewedBare })]],
  ])
  return { measured, leftOut: new Map<string, string>() }
}

function sample(known: Partial<Sample>): Sample {
  return {
    cpuMicroseconds: 1,
    callsPerSecond: 1,
    p50Milliseconds: 1,
    p99Milliseconds: 1,
    rssMegabytes: 1,
    othersShare: 0,
    ...known,
  }
}
