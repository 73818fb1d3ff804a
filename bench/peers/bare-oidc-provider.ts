import { join } from 'node:path'
import { type Child, startChild, untilReady } from '../child.js'
import { freePort } from '../free-port.js'

export type BenchClient = { readonly clientId: string; readonly clientSecret: string; readonly scope: string }

/** A token endpoint under test. */
export type TokenEndpoint = {
  readonly child: Child
  readonly tokenUrl: string
  readonly client: BenchClient
  /** New refresh tokens of the same client, each with a life of its own. */
  refreshTokens(count: number): Promise<readonly string[]>
}

/** oidc-provider alone in its process, with the in-memory adapter that it brings. */
export async function startBareProvider(client: BenchClient, core: number): Promise<TokenEndpoint> {
  const port = await freePort()
  const script = join(import.meta.dirname, 'bare-oidc-provider-server.js')
  const env = { BENCH_PEER: JSON.stringify({ port, client }) }
  const child = startChild({ name: 'bare oidc-provider', core, command: process.execPath, args: [script], env })
  const origin = `http://127.0.0.1:${port}`
  await untilReady(child, async () => (await fetch(`${origin}/.well-known/openid-configuration`)).ok)
  return {
    child,
    tokenUrl: `${origin}/token`,
    client,
    async refreshTokens(count) {
      return JSON.parse(await (await fetch(`${origin}/bench/refresh-tokens?count=${count}`)).text())
    },
  }
}
