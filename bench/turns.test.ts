import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { platform } from 'node:os'
import { test } from 'node:test'
import { screen } from './screen.js'
import { runTurns } from './turns.js'

const options = { rounds: 2, seconds: 0.2, connections: 2, quick: true, profile: false }
const cores = { gateway: 0, load: 0, upstream: 0 }
const bench = { options, cores, folder: '', screen: { ...screen, sample: () => {} } }

async function serve(status: number) {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-length': 2 }).end(request.method === 'POST' ? 'ok' : 'no')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close().closeAllConnections() }
}

test('each turn is a sample of its own, in pairs', { skip: platform() !== 'linux' }, async () => {
  const server = await serve(200)
  const one = { url: server.url, pid: process.pid }
  try {
    const measured = await runTurns(bench, [
      { ...one, name: 'get' },
      { ...one, name: 'post', form: 'a=b' },
    ])
    for (const name of ['get', 'post']) {
      const samples = measured.get(name) ?? []
      assert.equal(samples.length, 4)
      for (const sample of samples) {
        assert.ok(sample.callsPerSecond > 0)
        assert.ok(sample.cpuMicroseconds > 0)
        assert.ok(sample.p50Milliseconds <= sample.p99Milliseconds)
      }
    }
  } finally {
    server.close()
  }
})

test('an answer that is none ends the measuring, and says which', { skip: platform() !== 'linux' }, async () => {
  const server = await serve(503)
  try {
    const contestant = { name: 'refusing', url: server.url, pid: process.pid }
    await assert.rejects(runTurns(bench, [contestant]), /refusing: HTTP\/1\.1 503/)
  } finally {
    server.close()
  }
})
