import { holds } from './correctness.js'
import { type EvidenceResult, withEvidence, withoutEvidence } from './evidence-bench.js'
import type { GatewayResult } from './gateway-bench.js'
import type { ImportResult } from './import-bench.js'
import type { Sample } from './measure.js'
import { fastify } from './peers/fastify.js'
import { nginxLua } from './peers/nginx-lua.js'
import { portiqueGateway } from './peers/portique-gateway.js'
import { type ProjectorResult, withMasks, withoutMasks } from './projector-bench.js'
import { ratioOf } from './rounds.js'
import { bareProvider, bareRefresh, portiqueRefresh, portiqueTokens, type TokenResult } from './token-bench.js'

/** A promise of Portique about its speed or exactness, and whether this run kept it. */
export type Bound = { readonly text: string; readonly found: string; readonly kept: boolean }

export function gatewayBounds(result: GatewayResult): Bound[] {
  const cpuBeside = (beside: string) => ratioOf(result.measured, { name: portiqueGateway.name, beside }, cpu)
  return [
    atMost(`CPU per call at most 2.5 × ${nginxLua.name}`, 2.5, cpuBeside(nginxLua.name)),
    atMost(`CPU per call at most 0.5 × ${fastify.name}`, 0.5, cpuBeside(fastify.name)),
    exactness(result),
  ]
}

export function tokenBounds({ measured }: TokenResult): Bound[] {
  return [
    { name: portiqueTokens, beside: bareProvider },
    { name: portiqueRefresh, beside: bareRefresh },
  ].map((pair) => {
    const found = ratioOf(measured, pair, (sample) => sample.callsPerSecond)
    return {
      text: `tokens per second at least 0.5 × ${pair.beside}`,
      found: told(found),
      kept: found !== undefined && found >= 0.5,
    }
  })
}

export function projectorBounds({ measured }: ProjectorResult): Bound[] {
  const found = ratioOf(measured, { name: withMasks, beside: withoutMasks }, cpu)
  return [atMost('CPU per call with masks at most 1.15 × without', 1.15, found)]
}

/** What evidence may add to a call; it is durable before the answer leaves, so it costs more than counting. */
export function evidenceBounds({ measured, groupSizes }: EvidenceResult): Bound[] {
  return [...groupSizes.keys()].map((store) => {
    const text = `CPU per call with evidence at most ${evidenceTimesMost} × without, ${store}`
    const found = ratioOf(measured, { name: withEvidence(store), beside: withoutEvidence(store) }, cpu)
    return atMost(text, evidenceTimesMost, found)
  })
}

const evidenceTimesMost = 4

export function importBounds({ first }: ImportResult): Bound[] {
  const rate = first.files / first.seconds
  const text = 'an import takes 100 files per second at least'
  return [{ text, found: `${Math.round(rate)} files/s`, kept: rate >= 100 }]
}

const cpu = (sample: Sample) => sample.cpuMicroseconds

function atMost(text: string, limit: number, found: number | undefined): Bound {
  return { text, found: told(found), kept: found !== undefined && found <= limit }
}

function exactness({ checks }: GatewayResult): Bound {
  const own = checks.get(portiqueGateway.name) ?? []
  const wrong = own.filter((check) => !holds(check)).map((check) => `${check.name}: ${check.found}`)
  const found = own.length === 0 ? 'not measured' : wrong.length === 0 ? 'all hold' : wrong.join('; ')
  return { text: 'every check holds; under flood exactly the quota is admitted', found, kept: found === 'all hold' }
}

function told(found: number | undefined): string {
  return found === undefined ? 'not measured' : `${found.toFixed(2)} ×`
}
