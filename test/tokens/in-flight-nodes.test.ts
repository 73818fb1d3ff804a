import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
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
const metricsToken = randomBytes(24).toString('hex')
const missing = databaseUrl === undefined || valkeyUrl === undefined

/** A provider that answers at once, or when it is told to. */
async function startProvider() {
  const held: ServerResponse[] = []
  let holding = false
  const server = createServer((_, response) => {
    if (holding) held.push(response)
    else response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    held,
    hold() {
      held.length = 0
      holding = true
    },
    letGo() {
      holding = false
      for (const response of held) response.end('{}')
    },
    stop: () => server.close().closeAllConnections(),
  }
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
    { VALKEY_URL: new URL('/9', valkeyUrl).href, PORTIQUE_METRICS_TOKEN: metricsToken },
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
  const standsAlone = async (port: number) => {
    const headers = { authorization: `Bearer ${metricsToken}` }
    const text = await (await fetch(`http://localhost:${port}/metrics`, { headers })).text()
    return !/^portique_quota_local_share 0$/m.test(text)
  }
  const together = async () => {
    for (const port of nodes().ports) while (await standsAlone(port)) await sleep(50)
  }
  /** Once more when a node stood alone meanwhile: on a busy machine the Valkey may answer later than the 50 ms that a call gives it. */
  const whileTogether = async (
    expected: (seen: readonly number[]) => void,
    round: () => Promise<readonly number[]>,
  ) => {
    for (let turns = 1; ; turns += 1) {
      await together()
      const losses = () => nodes().told().split('quota/local-share').length
      const before = losses()
      const seen = await round()
      if (losses() === before || turns === 20) return expected(seen)
    }
  }

  test('the same call on the other node is refused while it is under way, another one is not; then it goes', () =>
    whileTogether(
      (seen) => assert.deepEqual(seen, [409, 409, 200, 200, 200]),
      async () => {
        const token = await newToken()
        provider.hold()
        const first = call(0, token)
        await reached(1)
        const elsewhere = call(1, token)
        await Promise.race([elsewhere, reached(2)])
        const here = await call(0, token)
        const asked = provider.held.length
        const other = call(1, token, '?page=2')
        await reached(asked + 1)
        provider.letGo()
        const seen = [await elsewhere, here, await first, await other]
        return [...seen, await call(1, token)]
      },
    ))

  test('one call after another, now here, now there, is never refused', () =>
    whileTogether(
      // The quota of the demo API refuses some of them: that is another matter.
      (seen) => assert.ok(seen.includes(200) && !seen.includes(409), String(seen)),
      async () => {
        const token = await newToken()
        const seen: number[] = []
        for (let turn = 0; turn < 40; turn += 1) seen.push(await call(turn % 2, token))
        return seen
      },
    ))
})
