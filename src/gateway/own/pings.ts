import type { ApiVersion, Environment, Json, UpstreamResponse } from '#contract'
import type { Exchange } from '../exchange.js'
import { jsonAnswer } from './documents.js'
import type { Beat, Pulse } from './pulse.js'
import { serverOf } from './server.js'

/** Each provider whose state may be asked, with the address to ask it at. */
export function pingList(exchange: Exchange, apis: readonly ApiVersion[], address: string): Json {
  const titles = new Map(apis.flatMap(({ pings = [] }) => pings.map(({ name, title }) => [name, title] as const)))
  const { url } = serverOf(exchange)
  return [...titles].map(([name, title]) => ({ name: title, url: `${url}${address.replace('{provider}', name)}` }))
}

interface Asked {
  readonly apis: readonly ApiVersion[]
  readonly pulse: Pulse
  readonly now: number
  /** Name of the path's parameter that names the provider. */
  readonly parameter: string
}

/** State of one provider, as its last call went: 502 when that failed. The simulation is always well. */
export function pingAnswer(exchange: Exchange, { apis, pulse, now, parameter }: Asked): UpstreamResponse {
  const name = parameterOf(exchange, parameter)
  const asked = apis.filter(({ pings = [] }) => pings.some((ping) => ping.name === name))
  if (name === null || asked.length === 0) return jsonAnswer(404, {})
  const environment = exchange.environment ?? 'production'
  const beats = asked.flatMap((api) => beatOf(api, environment, { pulse, now }) ?? [])
  const last = beats.toSorted((a, b) => b.at - a.at)[0]
  if (last === undefined) return jsonAnswer(200, { status: 'unknown', last_update: iso(now), last_ok_status: null })
  const told = {
    status: last.state,
    last_update: iso(last.at),
    last_ok_status: last.okAt === null ? null : iso(last.okAt),
  }
  return jsonAnswer(last.state === 'bad_gateway' ? 502 : 200, told)
}

function beatOf(api: ApiVersion, environment: Environment, { pulse, now }: Pick<Asked, 'pulse' | 'now'>): Beat | null {
  return api.upstreams[environment] === 'sandbox' ? { state: 'ok', at: now, okAt: now } : pulse.of(api, environment)
}

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** A parameter of the API's own path. */
function parameterOf({ route, target }: Exchange, name: string): string | null {
  const segments = route?.api?.path?.segments ?? []
  const at = segments.indexOf(`{${name}}`)
  return at < 0 ? null : (target?.segments[(route?.depth ?? 0) - segments.length + at] ?? null)
}
