import { type Child, untilReady } from '../child.js'
import { fixedTokens, policy } from '../policy.js'
import type { RunningPeer } from './peer.js'

/** A started peer that knows the bench's fixed tokens, once it answers a permitted call. */
export async function fixedTokenPeer(child: Child, port: number): Promise<RunningPeer> {
  const origin = `http://127.0.0.1:${port}`
  const wideUrl = origin + policy.wide.path
  const { first, second, outsider } = fixedTokens
  const authorizations = { first: bearer(first), second: bearer(second), outsider: bearer(outsider) }
  await untilReady(child, async () => (await fetch(wideUrl, { headers: { authorization: authorizations.first } })).ok)
  return { child, wideUrl, narrowUrl: origin + policy.narrow.path, authorizations: async () => authorizations }
}

function bearer({ token }: { readonly token: string }): string {
  return `Bearer ${token}`
}
