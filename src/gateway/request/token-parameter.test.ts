import assert from 'node:assert/strict'
import { it } from 'node:test'
import { dialectOf } from '#contract'
import { api, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { startProvider } from '../fixtures/provider.fixture.js'
import { raw } from '../fixtures/raw-client.fixture.js'

it('a token in the address reaches no upstream, whether it was the credential or stood beside a better one', async () => {
  const provider = await startProvider()
  const seen: string[] = []
  const gateway = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
    dialectOf: () => dialectOf('api-particulier'),
    verify: ({ value }) => {
      seen.push(value)
      return verified()
    },
  })
  const ask = (query: string, headers: string) =>
    raw(gateway.port, `GET /demo/items/v1/items?${query} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
  try {
    const answer = await ask('a=%31&token=one&b=2', '')
    assert.equal(answer.status, 200)
    assert.match(answer.header('ratelimit-reset') ?? '', /^\d{10}$/)
    await ask('token=one', 'Authorization: Bearer two\r\n')
    await ask('%74oken=one&token=&tokens=1', 'X-Api-Key: three\r\n')
    assert.deepEqual(seen, ['one', 'two', 'three'])
    assert.deepEqual(
      provider.asked.map(({ line }) => line),
      ['GET /items?a=%31&b=2 HTTP/1.1', 'GET /items HTTP/1.1', 'GET /items?tokens=1 HTTP/1.1'],
    )
    for (const { head } of provider.asked) assert.doesNotMatch(head, /one|two|three/)
  } finally {
    await gateway.stop()
    await provider.stop()
  }
})
