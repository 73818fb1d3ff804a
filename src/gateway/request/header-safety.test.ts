import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { api, snapshot } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { raw } from '../fixtures/raw-client.fixture.js'

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

const secret = 'canary-7f3a'
const hostile = [
  ...['Cookie', 'Cookie2', 'X-API-Key', 'Proxy-Authorization', 'Proxy-Connection', 'Keep-Alive', 'TE', 'Trailer'],
  ...['Forwarded', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-User', 'X-Real-IP', 'X-Client-IP'],
  ...['Portique-Identity', 'Portique_Identity', 'X-User', 'X_User', 'X-Remote-User', 'X_Remote_User', 'Remote-User'],
  ...['X-Authenticated-Userid', 'X-Consumer-ID', 'X-Quota-Client', 'X-HTTP-Method-Override', 'X-Original-URL'],
  ...['X-Rewrite-URL', 'Via', 'traceparent', 'X-Request-Id', 'HTTP2-Settings', 'Upgrade', 'Any_Thing_At_All'],
]

test('no combination of hop-by-hop, cookie, credential or identity headers reaches the upstream', async () => {
  const cased = fc
    .tuple(fc.constantFrom(...hostile), fc.constantFrom('as-is', 'lower', 'upper'))
    .map(([name, how]) => (how === 'lower' ? name.toLowerCase() : how === 'upper' ? name.toUpperCase() : name))
  const named = fc.constantFrom('X-Plain-One', 'x-plain-two')
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(cased), fc.uniqueArray(named), async (names, dropped) => {
      const lines = names.map((name) => `${name}: ${secret}\r\n`).join('')
      const plain = `X-Plain-One: ${secret}1\r\nX-Plain-Two: ${secret}2\r\nX-Kept: kept\r\n`
      const connection = dropped.length === 0 ? '' : `Connection: ${dropped.join(', ')}, close\r\n`
      const head = `GET /demo/items/v1/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\n`
      provider.asked.length = 0
      const answer = await raw(running.port, `${head}${connection}${plain}${lines}\r\n`, { quiet: 2 })
      if (names.some((name) => /^x-api-key$/i.test(name)) && answer.status === 400) return
      assert.equal(answer.status, 200)
      const seen = provider.asked[0]?.head ?? ''
      const kept = ['X-Plain-One', 'X-Plain-Two'].filter(
        (name) => !dropped.some((one) => one.toLowerCase() === name.toLowerCase()),
      )
      assert.equal(seen.split(secret).length - 1, kept.length, seen)
      assert.match(seen, /^X-Kept: kept$/m)
      assert.doesNotMatch(seen, /^(authorization|connection|cookie):/im)
      assert.doesNotMatch(seen, /^[^:]*_[^:]*:/m)
    }),
    { numRuns: 60 },
  )
})

test('what we say of the caller is said once, by us', async () => {
  provider.asked.length = 0
  await raw(
    running.port,
    `GET /demo/items/v1/items HTTP/1.1\r\nHost: localhost:8080\r\nAuthorization: Bearer good\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\n\r\n`,
  )
  const [asked] = provider.asked
  assert.equal(asked?.header('X-Forwarded-For'), '127.0.0.1')
  assert.equal(asked?.header('Forwarded'), 'for=127.0.0.1;host="localhost:8080";proto=http')
  assert.equal(asked?.header('Host'), `127.0.0.1:${provider.port}`)
})

test('a trusted proxy is believed up to the first hop that is not ours', async () => {
  const proxied = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
    settings: { trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] },
  })
  provider.asked.length = 0
  const forwarded = 'X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n'
  await raw(
    proxied.port,
    `GET /demo/items/v1/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\n${forwarded}\r\n`,
  )
  assert.equal(provider.asked[0]?.header('X-Forwarded-For'), '203.0.113.9')
  assert.equal(provider.asked[0]?.header('X-Forwarded-Proto'), 'https')
  await proxied.stop()
})
