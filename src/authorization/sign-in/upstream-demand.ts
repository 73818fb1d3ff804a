import type { JsonObject } from '#contract'
import type { Interaction } from './interaction.js'

/** What an application asked of a sign-in, as a provider elsewhere is to hear it; times in seconds. */
export interface UpstreamDemand {
  readonly uid: string
  /** When the application asked, since the epoch. */
  readonly begunAt: number
  /** How long ago the person may have proven who they are, at most; 0: anew; null: it does not matter. */
  readonly maxAge: number | null
  readonly loginHint: string | null
}

export function upstreamDemand({ uid, iat = 0, params }: Interaction): UpstreamDemand {
  const anew = String(params.prompt ?? '')
    .split(' ')
    .includes('login')
  const maxAge = params.max_age === undefined ? null : Number(params.max_age)
  const loginHint = typeof params.login_hint === 'string' ? params.login_hint : null
  return { uid, begunAt: iat, maxAge: anew ? 0 : maxAge, loginHint }
}

/** `max_age` goes along with `prompt=login`: it is what obliges a provider to say when (OpenID Connect Core, sections 2 and 3.1.2.1). */
export const demandParameters = ({ maxAge, loginHint }: UpstreamDemand): Record<string, string> => ({
  ...(maxAge === 0 && { prompt: 'login' }),
  ...(maxAge !== null && { max_age: String(maxAge) }),
  ...(loginHint !== null && { login_hint: loginHint }),
})

/** By which the clocks of two servers may differ. */
const skewSeconds = 30

/** Whether this ID token is of a sign-in as recent as was asked for; one that does not say is not. */
export function isMet({ begunAt, maxAge }: UpstreamDemand, { auth_time: at }: JsonObject): boolean {
  return maxAge === null || (typeof at === 'number' && at >= begunAt - maxAge - skewSeconds)
}
