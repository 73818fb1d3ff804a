import { join } from 'node:path'
import type { Bench } from './bench.js'
import type { Child } from './child.js'
import { measure } from './measure.js'
import { type BenchClient, startBareProvider } from './peers/bare-oidc-provider.js'
import { startPortique } from './portique.js'
import { type Measured, runRounds } from './rounds.js'

export const portiqueTokens = 'Portique, storage on'
export const bareProvider = 'bare oidc-provider, in memory'

export type TokenResult = { readonly measured: Measured; readonly leftOut: ReadonlyMap<string, string> }

/** Both give out tokens for the same client by the same grant; the requests differ in their address only. */
export async function benchTokens(bench: Bench): Promise<TokenResult> {
  const leftOut = new Map<string, string>()
  const portique = await startPortiqueTokens(bench).catch((error: unknown) => {
    leftOut.set(portiqueTokens, error instanceof Error ? error.message : String(error))
    bench.screen.leftOut(portiqueTokens, leftOut.get(portiqueTokens) ?? '')
    return undefined
  })
  const client = portique?.client ?? standIn
  const bare = await startBareProvider(client, bench.cores.gateway)
  const contestants = [
    ...(portique === undefined ? [] : [contestant(bench, portiqueTokens, portique)]),
    contestant(bench, bareProvider, { ...bare, client }),
  ]
  const measured = await runRounds(contestants, bench.options.rounds, bench.screen.sample)
  await Promise.all([portique?.child.stop(), bare.child.stop()])
  return { measured, leftOut }
}

/** The client of the bare provider when Portique, whose client both should share, is not there. */
const standIn: BenchClient = { clientId: 'PAR_bench_0f1e2d3c', clientSecret: '5b'.repeat(32), scope: 'api_bench bench' }

async function startPortiqueTokens({ folder, cores }: Bench): Promise<Endpoint> {
  const portique = await startPortique({ upstreamUrl: '', folder: join(folder, 'token'), core: cores.gateway })
  return { child: portique.child, ...portique.partnerTokens() }
}

type Endpoint = { readonly child: Child; readonly tokenUrl: string; readonly client: BenchClient }

function contestant({ options, cores }: Bench, name: string, { child, tokenUrl, client }: Endpoint) {
  const { seconds, connections } = options
  const form = tokenForm(client)
  return {
    name,
    async measure() {
      await checkToken(name, tokenUrl, form)
      return measure({ child, gatewayCore: cores.gateway, url: tokenUrl, seconds, connections, core: cores.load, form })
    },
  }
}

function tokenForm({ clientId, clientSecret, scope }: BenchClient): string {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope }
  return new URLSearchParams(form).toString()
}

async function checkToken(name: string, url: string, form: string): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(url, { method: 'POST', headers, body: form })
  const text = await answer.text()
  if (answer.status !== 200 || !text.includes('"access_token"')) {
    throw new Error(`${name} gave no token: ${answer.status} ${text.slice(0, 300)}`)
  }
}
