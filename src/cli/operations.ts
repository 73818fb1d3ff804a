import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from '#storage'

export interface OperationsNeeds {
  readonly store: Pick<Store, 'ping'>
  readonly renderMetrics: () => string | Promise<string>
  /** Null: `/metrics` is open (loopback listeners); `absent`: not served here. */
  readonly metricsToken: string | null | 'absent'
  /** What providers verify `Portique-Identity` with, as a JWK Set (RFC 7517 section 5). */
  readonly identityKeys: object
  /** True once every room stands and until the process begins to stop. */
  readonly isReady: () => boolean
}

export interface Operations {
  matches(path: string): boolean
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** `/healthz` (the process lives), `/readyz` (it can serve: the store answers), `/metrics` (Prometheus text), and the identity keys. */
export function createOperations({
  store,
  renderMetrics,
  metricsToken,
  identityKeys,
  isReady,
}: OperationsNeeds): Operations {
  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (_, response) => answer(response, 200, { status: 'ok' }),
    '/readyz': async (_, response) => {
      const ready = isReady() && (await answers(store))
      answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' })
    },
    '/.well-known/portique-identity': async (_, response) => answer(response, 200, identityKeys),
    '/metrics': async (request, response) => {
      if (metricsToken === 'absent') return answer(response, 404, { status: 'not served here' })
      if (metricsToken !== null && !holds(request.headers.authorization, metricsToken)) {
        response.setHeader('WWW-Authenticate', 'Bearer')
        return answer(response, 401, { status: 'token required' })
      }
      response.writeHead(200, {
        'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
        'Cache-Control': 'no-store',
      })
      response.end(await renderMetrics())
    },
  }
  const paths: ReadonlySet<string> = new Set(Object.keys(routes))
  return {
    matches: (path) => paths.has(path),
    async handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('Allow', 'GET, HEAD')
        return answer(response, 405, { status: 'method not allowed' })
      }
      await routes[(request.url ?? '').split('?')[0] ?? '']?.(request, response)
    },
  }
}

async function answers(store: OperationsNeeds['store']): Promise<boolean> {
  try {
    await store.ping()
    return true
  } catch {
    return false
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(`${JSON.stringify(body)}\n`)
}

/** Compared in constant time, by hash so that lengths do not matter. */
function holds(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}
