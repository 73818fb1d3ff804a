import { join } from 'node:path'
import type { Bench } from './bench.js'
import { measure } from './measure.js'
import { type BenchClient, startBareProvider, type TokenEndpoint } from './peers/bare-oidc-provider.js'
import { startPortique } from './portique.js'
import { type Contestant, type Measured, runRounds } from './rounds.js'
import { runTurns } from './turns.js'

export const portiqueTokens = 'Portique, storage on'
export const bareProvider = 'bare oidc-provider, in memory'
export const portiqueRefresh = `${portiqueTokens}, refresh`
export const bareRefresh = `${bareProvider}, refresh`

export type TokenResult = { readonly measured: Measured; readonly leftOut: ReadonlyMap<string, string> }

/** Both give out tokens to the same client by the same grants; the requests differ in their address and tokens only. */
export async function benchTokens(bench: Bench): Promise<TokenResult> {
  const leftOut = new Map<string, string>()
  const portique = await startPortiqueTokens(bench).catch((error: unknown) => {
    leftOut.set(portiqueTokens, error instanceof Error ? error.message : String(error))
    bench.screen.leftOut(portiqueTokens, leftOut.get(portiqueTokens) ?? '')
    return undefined
  })
  const bare = await startBareProvider(portique?.partner.client ?? standIn, bench.cores.gateway)
  const byCredentials = await runTurns(bench, [
    ...(portique === undefined ? [] : [await credentials(portiqueTokens, portique.partner)]),
    await credentials(bareProvider, bare),
  ])
  const byRefresh = await runRounds(
    [
      ...(portique === undefined ? [] : [refreshing(bench, portiqueRefresh, portique.people)]),
      refreshing(bench, bareRefresh, bare),
    ],
    bench.options.rounds,
    bench.screen.sample,
  )
  const measured = new Map([...byCredentials, ...byRefresh])
  await Promise.all([portique?.partner.child.stop(), bare.child.stop()])
  return { measured, leftOut }
}

/** The client of the bare provider when Portique, whose client both should share, is not there. */
const standIn: BenchClient = { clientId: 'PAR_bench_0f1e2d3c', clientSecret: '5b'.repeat(32), scope: 'api_bench bench' }

async function startPortiqueTokens({ folder, cores }: Bench) {
  const { child, partnerTokens, people } = await startPortique({
    upstreamUrl: '',
    folder: join(folder, 'token'),
    core: cores.gateway,
  })
  return { partner: { child, ...partnerTokens() }, people: { child, ...people() } }
}

async function credentials(name: string, { child, tokenUrl: url, client }: Omit<TokenEndpoint, 'refreshTokens'>) {
  const form = `${formOf(client, 'client_credentials')}&scope=${encodeURIComponent(client.scope)}`
  await checkToken(name, url, form)
  return { name, url, pid: child.pid, form }
}

/** Each connection renews with the token that its last answer brought: what is asked for can be asked once. */
function refreshing({ options, cores }: Bench, name: string, endpoint: TokenEndpoint): Contestant {
  const { child, tokenUrl: url, client, refreshTokens } = endpoint
  const { seconds, connections } = options
  const form = formOf(client, 'refresh_token')
  return {
    name,
    async measure() {
      const [token = ''] = await refreshTokens(1)
      await checkToken(name, url, `${form}&refresh_token=${token}`)
      const load = { url, seconds, connections, core: cores.load, refreshTokens: () => refreshTokens(2 * connections) }
      return measure({ ...load, child, gatewayCore: cores.gateway, form })
    },
  }
}

function formOf({ clientId, clientSecret }: BenchClient, grantType: string): string {
  return new URLSearchParams({ grant_type: grantType, client_id: clientId, client_secret: clientSecret }).toString()
}

async function checkToken(name: string, url: string, form: string): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(url, { method: 'POST', headers, body: form })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('"access_token"')) {
    throw new Error(`${name} gave no token: ${answer.status} ${text.slice(0, 300)}`)
  }
}
