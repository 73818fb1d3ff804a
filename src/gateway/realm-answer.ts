import { type Refusal, refusal, type UpstreamResponse } from '#contract'
import type { Exchange } from './exchange.js'

/** What the realm itself knows of the person signed in, as its userinfo endpoint says it; the contract cuts it down to the scopes. */
export function realmAnswer({ verified }: Exchange): UpstreamResponse | Refusal {
  if (verified?.subject === undefined || verified.person === undefined) return refusal('access/person')
  return {
    status: 200,
    headers: ['Content-Type', 'application/json;charset=UTF-8'],
    body: Buffer.from(JSON.stringify({ ...verified.person, sub: verified.subject })),
  }
}
