import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { api, snapshot } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { parseTarget } from './target.js'

let provider: Provider
let running: RunningGateway
before(async () => {
  provider = await startProvider()
  running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]))
})
after(async () => {
  await running.stop()
  await provider.stop()
})

/** T25: every way of writing "one up" that we know of, times every separator, times depth, times a goal. */
function* payloads(): Generator<string> {
  const dots = [
    '..',
    '%2e%2e',
    '.%2e',
    '%2E.',
    '%252e%252e',
    '..%00',
    '..;',
    '..;x=1',
    '%2e%2e%3b',
    '%c0%ae%c0%ae',
    '%uff0e',
    '...',
    '..%20',
    '.',
  ]
  const separators = [
    '/',
    '%2f',
    '%2F',
    '%5c',
    '\\',
    '//',
    '/./',
    '%252f',
    '%255c',
    '%c0%af',
    '%e0%80%af',
    ';/',
    '%00/',
  ]
  const goals = ['admin', 'etc/passwd', 'etc%2fpasswd', 'windows\\win.ini', 'WEB-INF/web.xml', 'a%00.json', 'a', '']
  for (const dot of dots)
    for (const separator of separators)
      for (const goal of goals)
        for (let depth = 1; depth <= 15; depth++) yield `/demo/items/v1/items/${(dot + separator).repeat(depth)}${goal}`
}

test('T25: of some 20,000 traversals none is accepted', () => {
  let count = 0
  for (const payload of payloads()) {
    count += 1
    assert.equal(parseTarget(payload), null, payload)
  }
  assert.ok(count > 20_000)
})

test('T25: over the wire they are answered 400, and the upstream sees none', async () => {
  const some = [...payloads()].filter((_, index) => index % 97 === 0)
  const statuses = await statusesOf(some)
  assert.equal(statuses.length, some.length)
  for (const [index, status] of statuses.entries()) assert.equal(status, 400, some[index] ?? '')
  assert.equal(provider.asked.length, 0)
})

/** One request after the other; a new connection where the last one was closed. */
async function statusesOf(targets: readonly string[]): Promise<number[]> {
  const statuses: number[] = []
  for (const target of targets) statuses.push(await statusOf(target))
  return statuses
}

function statusOf(target: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(running.port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\n\r\n`, 'latin1'),
    )
    socket.on('error', () => resolve(0))
    socket.once('data', (bytes: Buffer) => {
      socket.destroy()
      resolve(Number(bytes.toString('latin1', 9, 12)))
    })
  })
}
