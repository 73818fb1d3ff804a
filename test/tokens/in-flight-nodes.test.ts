import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { nodesCall, sharedServeNodes } from '../sign-in/serve-nodes.js'
import { head, sendRaw } from '../start/raw.js'
import { tokenCommand } from './token-story.js'

const { DATABASE_URL: databaseUrl, VALKEY_URL: valkeyUrl } = process.env
const missing = databaseUrl === undefined || valkeyUrl === undefined

/** A provider that answers when it is told to, or at once. */
async function startProvider() {
  const held: ServerResponse[] = []
  const state = { holding: true }
  const server = createServer((_, response) => {
    if (state.holding) held.push(response)
    else response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, held, state, stop: () => server.close().closeAllConnections() }
}

describe('identical calls over two nodes that share a Valkey', {
  skip: missing && 'DATABASE_URL or VALKEY_URL is not set',
}, async () => {
  if (databaseUrl === undefined || valkeyUrl === undefined) return
  const provider = await startProvider()
  after(() => provider.stop())
  const nodes = sharedServeNodes(
    databaseUrl,
    [
      {
        file: 'platform.yaml',
        from: 'dialect: standard',
        to: 'dialect: standard\ntokens: { kind: jwt }\nin_flight: refuse_identical',
      },
      { file: 'apis/annuaire/1/api.yaml', from: 'sandbox: sandbox }', to: `sandbox: [{ url: "${provider.url}" }] }` },
    ],
    { VALKEY_URL: new URL('/9', valkeyUrl).href },
  )
  const newToken = async () => {
    const { place, client } = nodes()
    const environment = { ...place.environment, PORTIQUE_DATA: join(place.folder, 'one') }
    const made = await tokenCommand(
      { place: { ...place, environment } },
      'create',
      client.client_id,
      '--scope',
      'annuaire',
    )
    return /^ +token +(\S+)$/m.exec(made)?.[1] ?? ''
  }
  const call = async (node: number, token: string, query = '') => {
    const host = new URL(nodes().gatewayUrl).host
    const lines = head(`GET ${nodesCall}${query} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${token}`)
    return (await sendRaw(nodes().ports[node] ?? 0, lines, 60_000)).status
  }
  const reached = async (count: number) => {
    for (let turn = 0; turn < 1_000 && provider.held.length < count; turn += 1) await sleep(10)
    assert.equal(provider.held.length, count)
  }

  test('the same call on the other node is refused while it is under way, another one is not; then it goes', async () => {
    const token = await newToken()
    const first = call(0, token)
    await reached(1)
    assert.equal(await call(1, token), 409)
    assert.equal(await call(0, token), 409)
    const other = call(1, token, '?page=2')
    await reached(2)
    for (const response of provider.held) response.end('{}')
    assert.deepEqual(await Promise.all([first, other]), [200, 200])
    provider.state.holding = false
    assert.equal(await call(1, token), 200)
  })

  test('one call after another, now here, now there, is never refused', async () => {
    provider.state.holding = false
    const token = await newToken()
    const seen: number[] = []
    for (let turn = 0; turn < 40; turn += 1) seen.push(await call(turn % 2, token))
    // The quota of the demo API refuses some of them: that is another matter.
    assert.ok(seen.includes(200) && !seen.includes(409), String(seen))
  })
})
