import { createServer } from 'node:http'
import { upstreamBody } from './policy.js'

// The upstream where nginx is not installed: node dist/bench/upstream-server.js <port>
const body = Buffer.from(process.env.BENCH_BODY ?? upstreamBody)
const headers = { 'content-type': 'application/json', 'content-length': body.length }

createServer({ keepAliveTimeout: 300_000 }, (_request, response) => {
  response.writeHead(200, headers).end(body)
}).listen(Number(process.argv[2]), '127.0.0.1')
