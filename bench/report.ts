import type { Bound } from './bounds.js'
import { holds } from './correctness.js'
import { type EvidenceResult, withEvidence, withoutEvidence } from './evidence-bench.js'
import { type GatewayResult, gatewayPeers } from './gateway-bench.js'
import type { ImportResult, ImportSample } from './import-bench.js'
import { medianSample, type Sample } from './measure.js'
import { fastify } from './peers/fastify.js'
import { nginxLua } from './peers/nginx-lua.js'
import type { ProjectorResult } from './projector-bench.js'
import { ratioOf } from './rounds.js'
import { table } from './table.js'
import { bareProvider, bareRefresh, portiqueRefresh, portiqueTokens, type TokenResult } from './token-bench.js'

/** The gateway's figures, cheapest first, then what each peer was checked for. */
export function gatewayReport(result: GatewayResult): string {
  return [figures(result), notes(result.leftOut), correctness(result)].filter((part) => part !== '').join('\n\n')
}

export function tokenReport({ measured, leftOut }: TokenResult): string {
  const head = ['Token endpoint', 'tokens/s', '× bare', 'CPU per token', 'p50', 'p99', 'memory', 'others']
  const rows = [
    [portiqueTokens, bareProvider],
    [bareProvider, bareProvider],
    [portiqueRefresh, bareRefresh],
    [bareRefresh, bareRefresh],
  ].flatMap(([name = '', beside = '']) => {
    const samples = measured.get(name)
    if (samples === undefined) return [[name, 'left out']]
    const [cpu, speed, ...rest] = cells(samples)
    const share = ratioOf(measured, { name, beside }, (sample) => sample.callsPerSecond)
    return [[name, speed ?? '', times(share), cpu ?? '', ...rest]]
  })
  return [table(head, rows), notes(leftOut)].filter((part) => part !== '').join('\n\n')
}

export function projectorReport({ measured }: ProjectorResult): string {
  const head = ['Answer of 1 kB', 'CPU per call', 'calls/s', 'p50', 'p99', 'memory', 'others']
  return table(
    head,
    [...measured].map(([name, samples]) => [name, ...cells(samples)]),
  )
}

export function evidenceReport({ measured, groupSizes, leftOut }: EvidenceResult): string {
  const head = ['Answer of 1 kB', 'CPU per call', 'calls/s', 'p50', 'p99', 'memory', 'others', 'rows per commit']
  const rows = [...groupSizes].flatMap(([store, size]) =>
    [withoutEvidence(store), withEvidence(store)].map((name) => {
      const samples = measured.get(name)
      const rowsPerCommit = name === withEvidence(store) ? size.toFixed(1) : ''
      return samples === undefined ? [name, 'left out'] : [name, ...cells(samples), rowsPerCommit]
    }),
  )
  return [table(head, rows), notes(leftOut)].filter((part) => part !== '').join('\n\n')
}

export function importReport({ first, again }: ImportResult): string {
  const row = (name: string, { files, seconds, commandBytes, servingBytes }: ImportSample) => [
    ...[name, String(files), `${seconds.toFixed(2)} s`, `${Math.round(files / seconds)}`],
    ...[commandBytes, servingBytes].map((bytes) => `${Math.round(bytes / 1e6)} MB`),
  ]
  const head = ['Import', 'files', 'time', 'files/s', 'peak of the command', 'peak of the server']
  return table(head, [row('of new cases', first), row('again, nothing changed', again)])
}

export function boundsReport(bounds: readonly Bound[]): string {
  const rows = bounds.map(({ text, found, kept }) => [text, found, kept ? 'kept' : 'BROKEN'])
  return table(['Bound', 'this run', 'verdict'], rows, 3)
}

function figures({ measured, leftOut }: GatewayResult): string {
  const head = [
    'Gateway',
    'enforces',
    'CPU per call',
    '× nginx + Lua',
    '× fastify',
    'calls/s',
    'p50',
    'p99',
    'memory',
    'others',
  ]
  const cpuOf = (samples: readonly Sample[]) => medianSample(samples).cpuMicroseconds
  const byCost = [...measured].sort(([, a], [, b]) => cpuOf(a) - cpuOf(b))
  const rows = byCost.map(([name, samples]) => {
    const [cpu, ...rest] = cells(samples)
    const ratios = [nginxLua, fastify].map((peer) =>
      times(ratioOf(measured, { name, beside: peer.name }, (sample) => sample.cpuMicroseconds)),
    )
    return [name, enforces(name), cpu ?? '', ...ratios, ...rest]
  })
  return table(head, [...rows, ...[...leftOut.keys()].map((name) => [name, enforces(name), 'left out'])], 2)
}

function notes(leftOut: ReadonlyMap<string, string>): string {
  return [...leftOut].map(([name, reason]) => `Left out: ${name}. ${reason.split('\n', 1)[0]}`).join('\n\n')
}

function correctness({ checks }: GatewayResult): string {
  const names = [...new Set([...checks.values()].flatMap((list) => list.map((check) => check.name)))]
  const rows = [...checks].map(([peer, list]) => {
    const found = new Map(list.map((check) => [check.name, holds(check) ? check.found : `${check.found} (WRONG)`]))
    return [peer, ...names.map((name) => found.get(name) ?? 'not its task')]
  })
  return table(['Correctness', ...names], rows, names.length + 1)
}

function enforces(name: string): string {
  return gatewayPeers.find((peer) => peer.name === name)?.enforces ?? ''
}

function cells(samples: readonly Sample[]): string[] {
  const sample = medianSample(samples)
  return [
    `${sample.cpuMicroseconds.toFixed(1)} µs`,
    Math.round(sample.callsPerSecond).toLocaleString('en'),
    `${sample.p50Milliseconds.toFixed(2)} ms`,
    `${sample.p99Milliseconds.toFixed(2)} ms`,
    `${Math.round(sample.rssMegabytes)} MB`,
    `${Math.round(sample.othersShare * 100)} %`,
  ]
}

function times(found: number | undefined): string {
  return found === undefined ? '' : found.toFixed(2)
}
