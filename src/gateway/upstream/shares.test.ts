import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '#contract'
import { api, application, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { answer, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'
import { Shares } from './shares.js'

test('however many take all they can get, a newcomer finds a place', () => {
  const shares = new Shares({ connectionsMax: 64, queueMax: 8 })
  const taken: number[] = []
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    const share = shares.of(id)
    while (shares.mayStart(share)) shares.start(share)
    taken.push(share.active)
  }
  assert.deepEqual(taken, [32, 16, 8, 4, 2])
})

test('one connection is enough for one call', () => {
  const shares = new Shares({ connectionsMax: 1, queueMax: 1 })
  assert.equal(shares.mayStart(shares.of('a')), true)
  assert.equal(shares.mayWait(shares.of('a')), true)
})

test('calls of an application whose provider hangs wait for their own, and those of others pass them by', async () => {
  const held: (() => void)[] = []
  const provider = await startProvider((socket, { head }) => {
    if (head.includes('X-Quick')) socket.write(answer('hello'))
    else held.push(() => socket.write(answer('late')))
  })
  const one = api([{ url: provider.url, weight: 1 }])
  const applications = new Map(['greedy', 'innocent'].map((id) => [id, application([one], { id })] as const))
  const running = await startGateway(snapshot([one], { applications }), {
    settings: { connectionsPerOrigin: 8, queuePerOrigin: 64 },
    verify: ({ value }) =>
      applications.has(value) ? verified({ applicationId: value, tokenId: value }) : refusal('token/invalid'),
  })
  const call = (who: string, extra = '', quiet = 60) =>
    raw(running.port, get('/demo/items/v1/items', extra).replace('Bearer good', `Bearer ${who}`), { quiet })
  try {
    const greedy = Array.from({ length: 12 }, () => call('greedy'))
    for (let tries = 0; tries < 100 && running.gateway.running() < 12; tries++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    const innocent = await Promise.all([call('innocent', 'X-Quick: 1\r\n', 30), call('innocent', 'X-Quick: 1\r\n', 30)])
    assert.deepEqual(
      innocent.map(({ status }) => status),
      [200, 200],
    )
    assert.equal(held.length, 4, 'half of the connections, and no more')
    const giving = setInterval(() => held.shift()?.(), 5)
    assert.deepEqual(
      (await Promise.all(greedy)).map(({ status }) => status),
      Array.from({ length: 12 }, () => 200),
    )
    clearInterval(giving)
  } finally {
    await running.stop()
    await provider.stop()
  }
})
