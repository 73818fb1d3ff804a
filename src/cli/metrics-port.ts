import { createServer, type Server } from 'node:http'
import { listen } from './listen.js'
import type { Operations } from './operations.js'

/** `/metrics`, `/healthz` and `/readyz` on a loopback port of their own; null when no port is set. */
export async function openMetricsPort(port: number | undefined, operations: Operations): Promise<Server | null> {
  if (port === undefined) return null
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (operations.matches(path)) void operations.handle(request, response)
    else response.writeHead(404).end()
  })
  await listen(server, { host: '127.0.0.1', port })
  return server
}
