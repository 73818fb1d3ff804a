import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { createOperations } from './operations.js'

/** Status and body of `/readyz`. */
async function asked({ ready, ping }: { readonly ready: boolean; readonly ping: () => Promise<void> }) {
  const operations = createOperations({
    store: { ping },
    isReady: () => ready,
    ...{ renderMetrics: () => '', metricsToken: null, identityKeys: {} },
  })
  const server = createServer((request, response) => void operations.handle(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`)
  const told: unknown = await answer.json()
  server.closeAllConnections()
  server.close()
  return [answer.status, told]
}

const answers = async () => {}
const fails = async () => {
  throw new Error('away')
}

test('/readyz: 200 once every room stands and the store answers', async () => {
  assert.deepEqual(await asked({ ready: true, ping: answers }), [200, { status: 'ready' }])
})

test('/readyz: 503 while the process starts or stops', async () => {
  assert.deepEqual(await asked({ ready: false, ping: answers }), [503, { status: 'not ready' }])
})

test('/readyz: 503 while the store does not answer', async () => {
  assert.deepEqual(await asked({ ready: true, ping: fails }), [503, { status: 'not ready' }])
})
