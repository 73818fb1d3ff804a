import { Agent, createServer } from 'node:http'
import { createProxyServer } from 'http-proxy-3'

// A child of the bench: settings in BENCH_PEER, see node-peer.ts.
const { port, upstreamUrl } = JSON.parse(process.env.BENCH_PEER)
const proxy = createProxyServer({ target: upstreamUrl, agent: new Agent({ keepAlive: true, maxSockets: 64 }) })
proxy.on('error', (_error, _request, response) => response.writeHead(502).end())

createServer({ keepAliveTimeout: 300_000 }, (request, response) => proxy.web(request, response)).listen(
  port,
  '127.0.0.1',
)
