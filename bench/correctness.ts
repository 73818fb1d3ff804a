import type { Peer, RunningPeer } from './peers/peer.js'
import { policy, upstreamBody } from './policy.js'
import { runWrk } from './wrk.js'

export type Check = { readonly name: string; readonly expected: string; readonly found: string }

export function holds(check: Check): boolean {
  return check.expected === check.found
}

/** Checks that a peer does what it is said to do, before anyone looks at how fast it does it. */
export async function checkPeer(peer: Peer, running: RunningPeer, loadCore: number): Promise<Check[]> {
  const { first, second, outsider } = await running.authorizations()
  const answers = [await probe('valid token', running.wideUrl, first)]
  if (peer.enforces === 'nothing') return answers
  answers.push(
    await probe('no token', running.wideUrl, undefined),
    await probe('unknown token', running.wideUrl, 'Bearer unknown'),
    await probe('wrong scope', running.wideUrl, outsider),
  )
  const { quotaApplication, quotaApi } = policy.narrow
  const left = peer.enforces.includes('both quotas') ? quotaApi - quotaApplication : quotaApplication
  answers.push(
    await flood(
      'flood, one application',
      { url: running.narrowUrl, authorization: first, core: loadCore },
      quotaApplication,
    ),
    await flood('then a second one', { url: running.narrowUrl, authorization: second, core: loadCore }, left),
  )
  return answers
}

const expectedStatus: Readonly<Record<string, string>> = {
  'valid token': '200, whole body',
  'no token': '401',
  'unknown token': '401',
  'wrong scope': '403',
}

async function probe(name: string, url: string, authorization: string | undefined): Promise<Check> {
  const answer = await fetch(url, authorization === undefined ? {} : { headers: { authorization } })
  const whole = (await answer.text()) === upstreamBody
  const body = answer.status !== 200 ? '' : whole ? ', whole body' : ', another body'
  return { name, expected: expectedStatus[name] ?? '', found: `${answer.status}${body}` }
}

type Flood = { readonly url: string; readonly authorization: string; readonly core: number }

/** Two seconds of calls far over the quota, whose period is an hour: what is admitted must be the quota, to the call. */
async function flood(name: string, target: Flood, quota: number): Promise<Check> {
  const report = await runWrk({ ...target, seconds: 2, connections: 32 })
  const admitted = report.calls - report.refused
  const enough = report.calls > quota * 2 ? '' : ` (too few calls to tell: ${report.calls})`
  return { name, expected: `${quota} admitted`, found: `${admitted} admitted${enough}` }
}
