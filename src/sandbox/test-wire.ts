import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ApiVersion, loadPlatform, type Operation, type Upstream, type UpstreamRequest } from '#contract'

/** For tests only: an HTTP server on a free port that hands each call straight to the sandbox, as the gateway would. */
export interface Wire {
  readonly url: string
  close(): Promise<void>
}

export async function loadApis(): Promise<readonly ApiVersion[]> {
  const { platform, mistakes } = await loadPlatform('platforms/france-travail')
  if (platform === null) throw new Error(JSON.stringify(mistakes))
  return platform.apis
}

export function apiNamed(apis: readonly ApiVersion[], code: string): ApiVersion {
  const api = apis.find((candidate) => candidate.code === code)
  if (api === undefined) throw new Error(`no API ${code}`)
  return api
}

export async function openWire(upstream: Upstream, api: ApiVersion): Promise<Wire> {
  const server = createServer((incoming, outgoing) => {
    void answer(upstream, api, incoming, outgoing)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(upstream: Upstream, api: ApiVersion, incoming: IncomingMessage, outgoing: ServerResponse) {
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const request = requestOf(api, incoming, chunks.length === 0 ? null : Buffer.concat(chunks))
  if (request === null) {
    outgoing.writeHead(404).end()
    return
  }
  const response = await upstream.handle(request, new AbortController().signal)
  if (!('headers' in response)) {
    outgoing.writeHead(response.status, { 'x-refusal': response.code }).end(JSON.stringify(response.detail ?? null))
    return
  }
  outgoing.writeHead(response.status, [...response.headers])
  outgoing.end(response.body instanceof Uint8Array ? response.body : undefined)
}

function requestOf(api: ApiVersion, incoming: IncomingMessage, body: Uint8Array | null): UpstreamRequest | null {
  const target = incoming.url ?? '/'
  const parts = (target.split('?')[0] ?? '').slice(1).split('/').map(decodeURIComponent)
  const method = incoming.method ?? 'GET'
  const found = api.operations
    .filter((operation) => operation.method === (method === 'HEAD' ? 'GET' : method))
    .flatMap((operation) => match(operation, parts))
    .toSorted((one, other) => Object.keys(one.path).length - Object.keys(other.path).length)[0]
  if (found === undefined) return null
  return {
    requestId: 'test',
    method,
    target,
    headers: incoming.rawHeaders,
    body,
    api,
    environment: 'sandbox',
    operation: found.operation,
    pathParameters: found.path,
    verified: {
      tokenId: 'test',
      applicationId: 'test',
      platform: api.platform,
      environment: 'sandbox',
      scopes: new Set(),
      expiresAt: Number.MAX_SAFE_INTEGER,
    },
  }
}

function match(
  operation: Operation,
  parts: readonly string[],
): { operation: Operation; path: Record<string, string> }[] {
  if (operation.segments.length !== parts.length) return []
  const path: Record<string, string> = {}
  for (const [index, segment] of operation.segments.entries()) {
    const part = parts[index] ?? ''
    if ('literal' in segment) {
      if (segment.literal !== part) return []
    } else path[segment.parameter] = part
  }
  return [{ operation, path }]
}
