import assert from 'node:assert/strict'
import { it } from 'node:test'
import { dialectNames, dialectOf } from '#contract'
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

/** Each with what of it may go on. */
const repeated: readonly (readonly [query: string, headers: string, left: string])[] = [
  ['a=%31&access_token=the-token&b=2', '', '?a=%31&b=2'],
  ['%61ccess%5ftoken=the-token', '', ''],
  ['access_token=another', '', ''],
  ['access_token', '', ''],
  ['q=caf%C3%A9&x=the-token&y=%74he%2dtoken&the-token&z=1', '', '?q=caf%C3%A9&z=1'],
  ['a=the-toke', 'X-Token: the-token\r\nX-Kept: b\r\n', '?a=the-toke'],
  ['a=1', 'Referer: https://example.org/?access_token=the-token&b=c\r\nX-Kept: b\r\n', '?a=1'],
  [
    'a=1',
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=the-token\r\n',
    '?a=1',
  ],
]

for (const name of dialectNames)
  it(`${name}: nothing that repeats the token beside its header reaches the upstream`, async () => {
    const provider = await startProvider()
    const gateway = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
      dialectOf: () => dialectOf(name),
      verify: () => verified(),
    })
    try {
      for (const [query, headers, left] of repeated) {
        provider.asked.length = 0
        const head = `Host: localhost\r\nAuthorization: Bearer the-token\r\n${headers}`
        const { status } = await raw(gateway.port, `GET /demo/items/v1/items?${query} HTTP/1.1\r\n${head}\r\n`, {
          quiet: 20,
        })
        if (name === 'standard' && /^(?:.*&)?(?:a|%61)ccess/.test(query)) {
          assert.deepEqual([status, provider.asked.length], [400, 0], query)
          continue
        }
        const [asked] = provider.asked
        assert.deepEqual([status, asked?.line], [200, `GET /items${left} HTTP/1.1`], query)
        assert.doesNotMatch(asked?.head ?? '', /the-token/)
        assert.equal(asked?.header('X-Kept'), headers.includes('X-Kept') ? 'b' : undefined)
      }
    } finally {
      await gateway.stop()
      await provider.stop()
    }
  })
