import { join } from 'node:path'
import { type Child, startChild, untilReady } from '../child.js'
import { freePort } from '../free-port.js'

export type BenchClient = { readonly clientId: string; readonly clientSecret: string; readonly scope: string }

/** oidc-provider alone in its process, with the in-memory adapter that it brings. */
export async function startBareProvider(
  client: BenchClient,
  core: number,
): Promise<{ child: Child; tokenUrl: string }> {
  const port = await freePort()
  const script = join(import.meta.dirname, 'bare-oidc-provider-server.js')
  const env = { BENCH_PEER: JSON.stringify({ port, client }) }
  const child = startChild({ name: 'bare oidc-provider', core, command: process.execPath, args: [script], env })
  const origin = `http://127.0.0.1:${port}`
  await untilReady(child, async () => (await fetch(`${origin}/.well-known/openid-configuration`)).ok)
  return { child, tokenUrl: `${origin}/token` }
}
