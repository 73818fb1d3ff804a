import { createServer, type ServerResponse } from 'node:http'
import { type Dispatcher, Pool } from 'undici'

// A child of the bench: settings in BENCH_PEER, see node-peer.ts.
const { port, upstreamUrl } = JSON.parse(process.env.BENCH_PEER ?? '{}')
const pool = new Pool(upstreamUrl, { connections: 64, pipelining: 1 })
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'proxy-connection',
])

createServer({ keepAliveTimeout: 300_000 }, (request, response) => {
  const headers = forwarded(request.rawHeaders)
  pool.dispatch({ path: request.url ?? '/', method: 'GET', headers }, handlerFor(response))
}).listen(port, '127.0.0.1')

function handlerFor(response: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart: () => undefined,
    onResponseStart(controller, status) {
      response.writeHead(status, (controller.rawHeaders as Buffer[] | undefined)?.map(String) ?? [])
    },
    onResponseData(_controller, chunk) {
      response.write(chunk)
    },
    onResponseEnd: () => void response.end(),
    onResponseError: () => void response.writeHead(502).end(),
  }
}

function forwarded(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}
