import type { ApiVersion, Environment, Refusal, UpstreamResponse } from '#contract'

/** How the provider of an API fared at the last call. Times are milliseconds since the epoch. */
export interface Beat {
  readonly state: 'ok' | 'maintenance' | 'bad_gateway'
  readonly at: number
  readonly okAt: number | null
}

/** Remembers the last answer of each provider. */
export interface Pulse {
  note(
    api: ApiVersion,
    environment: Environment,
    outcome: Pick<UpstreamResponse, 'status'> | Refusal,
    now: number,
  ): void
  /** Null: nobody has called it yet. */
  of(api: ApiVersion, environment: Environment): Beat | null
}

export function createPulse(): Pulse {
  const beats = new Map<string, Beat>()
  const key = (api: ApiVersion, environment: Environment) => `${environment}|${api.id}`
  return {
    note(api, environment, outcome, now) {
      const state = stateOf(outcome)
      if (state === null) return
      const before = beats.get(key(api, environment))
      beats.set(key(api, environment), { state, at: now, okAt: state === 'ok' ? now : (before?.okAt ?? null) })
    },
    of: (api, environment) => beats.get(key(api, environment)) ?? null,
  }
}

/** Null: it says nothing of the provider. */
function stateOf(outcome: Pick<UpstreamResponse, 'status'> | Refusal): Beat['state'] | null {
  if (!('code' in outcome)) return outcome.status === 503 ? 'maintenance' : outcome.status < 500 ? 'ok' : 'bad_gateway'
  if (!outcome.code.startsWith('upstream/')) return null
  if (outcome.status < 500) return 'ok'
  return outcome.code === 'upstream/maintenance' ? 'maintenance' : 'bad_gateway'
}
