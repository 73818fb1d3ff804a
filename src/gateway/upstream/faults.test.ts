import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { api, snapshot } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { answer, type Behaviour, type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

let provider: Provider
let running: RunningGateway
before(async () => {
  provider = await startProvider()
})
beforeEach(async () => {
  running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
    settings: { breaker: { failuresInARow: 1_000, restMilliseconds: 1_000, restMillisecondsMax: 1_000 } },
  })
})
afterEach(() => running.stop())
after(() => provider.stop())

const say =
  (text: string): Behaviour =>
  (socket) =>
    socket.write(Buffer.from(text, 'latin1'))

/** T8 of the fault list where no answer can be given: what the upstream does, and what the client gets. */
const refused: readonly (readonly [name: string, behaviour: Behaviour, status: number, code: string])[] = [
  ['hangs', () => {}, 504, 'upstream/late'],
  ['hangs in the head', say('HTTP/1.1 200 OK\r\nX-A: b'), 504, 'upstream/late'],
  ['resets before the answer', (socket) => socket.resetAndDestroy(), 502, 'upstream/broken'],
  ['closes before the answer', (socket) => socket.end(), 502, 'upstream/broken'],
  ['closes in the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nX-A'), 502, 'upstream/broken'],
  ['speaks garbage', say('SSH-2.0-OpenSSH_9.9\r\n\r\n'), 502, 'upstream/broken'],
  ['speaks HTTP/2', say('HTTP/2 200 OK\r\n\r\n'), 502, 'upstream/broken'],
  ['sends a head of 100 kB', say(`HTTP/1.1 200 OK\r\nX-A: ${'x'.repeat(100_000)}\r\n\r\n`), 502, 'upstream/broken'],
  ['never ends its head', say(`HTTP/1.1 200 OK\r\nX-A: ${'x'.repeat(100_000)}`), 502, 'upstream/broken'],
  ['has a CR in a header', say('HTTP/1.1 200 OK\r\nX-A: b\rSet-Cookie: c\r\n\r\n'), 502, 'upstream/broken'],
  [
    'has an LF in a header',
    say('HTTP/1.1 200 OK\r\nX-A: b\nX-B: c\r\nContent-Length: 0\r\n\r\n'),
    502,
    'upstream/broken',
  ],
  ['has a NUL in a header', say('HTTP/1.1 200 OK\r\nX-A: b\0\r\nContent-Length: 0\r\n\r\n'), 502, 'upstream/broken'],
  ['folds a header', say('HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 0\r\n\r\n'), 502, 'upstream/broken'],
  [
    'says two lengths',
    say('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello'),
    502,
    'upstream/broken',
  ],
  [
    'says length and chunks',
    say('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
    502,
    'upstream/broken',
  ],
  ['says a strange length', say('HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello'), 502, 'upstream/broken'],
  [
    'says a strange coding',
    say('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'),
    502,
    'upstream/broken',
  ],
  ['switches protocols', say('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'), 502, 'upstream/broken'],
  ['says 100 without end', say('HTTP/1.1 100 Continue\r\n\r\n'.repeat(100)), 502, 'upstream/broken'],
  [
    'has a bad chunk at once',
    say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n'),
    502,
    'upstream/broken',
  ],
]

for (const [name, behaviour, status, code] of refused)
  test(`T8 an upstream that ${name}: ${status}, asked once, and the next request is clean`, async () => {
    provider.behave(behaviour)
    const before = provider.asked.length
    const first = await raw(running.port, get('/demo/items/v1/items'), { quiet: 50 })
    assert.equal(first.status, status, first.text)
    assert.match(first.text, new RegExp(`"code":"${code}"`))
    assert.equal(provider.asked.length, before + 1)
    await isCleanAfterwards()
  })

/** T8 where the answer has begun: it must be seen to be broken. */
const broken: readonly (readonly [name: string, behaviour: Behaviour])[] = [
  [
    'resets in mid-body',
    later('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello', (socket) => socket.resetAndDestroy()),
  ],
  [
    'closes short of its length',
    later('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello', (socket) => socket.end()),
  ],
  [
    'closes before the last chunk',
    later('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', (socket) => socket.end()),
  ],
  [
    'sends a bad chunk',
    later('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', (socket) => socket.write('zz\r\n')),
  ],
  [
    'has chunks longer than they say',
    later('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n', (socket) =>
      socket.write('2\r\nabc\r\n'),
    ),
  ],
  ['falls silent in mid-body', say('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello')],
  ['resets a body without length', later('HTTP/1.1 200 OK\r\n\r\nhello', (socket) => socket.resetAndDestroy())],
]

for (const [name, behaviour] of broken)
  for (const version of ['1.1', '1.0'])
    test(`T8 an upstream that ${name}: HTTP/${version} clients see the answer break off`, async () => {
      provider.behave(behaviour)
      const request = get('/demo/items/v1/items').replace('HTTP/1.1', `HTTP/${version}`)
      const first = await raw(running.port, request, { quiet: 1_000 })
      assert.equal(first.status, 200)
      assert.equal(first.reset, true, first.text)
      assert.doesNotMatch(first.text, /\r\n0\r\n\r\n$/)
      await running.recorded(1)
      const { status, refusal, complete } = running.finished[0] ?? {}
      assert.deepEqual([status, refusal, complete], [502, 'upstream/broken', false])
      await isCleanAfterwards()
    })

test('T8 an answer longer than its length is cut at it, and the connection dropped', async () => {
  provider.behave(say(`${answer('hello')}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`))
  const connections = provider.connections()
  const first = await raw(running.port, get('/demo/items/v1/items'), { quiet: 50 })
  assert.match(first.text, /\r\n\r\nhello$/)
  await isCleanAfterwards()
  assert.equal(provider.connections(), connections + 2)
})

for (const [method, head] of [
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 45'],
  ['GET', 'HTTP/1.1 204 No Content\r\nContent-Length: 45'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 45'],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked'],
] as const)
  test(`T8 a late body that must not be (${method}, ${head.slice(9, 12)}) does not answer the next request`, async () => {
    provider.behave((socket) => {
      socket.write(`${head}\r\n\r\n`)
      provider.behave((next) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil')
        setTimeout(() => next.write(answer('clean')), 30)
      })
    })
    await raw(running.port, get('/demo/items/v1/items').replace('GET', method), { quiet: 20 })
    const second = await raw(running.port, get('/demo/items/v1/items'), { quiet: 80 })
    assert.match(second.text, /clean$/)
  })

test('T8 an answer that nobody asked for does not answer the next request', async () => {
  provider.behave((socket) => {
    socket.write(answer('hello'))
    setTimeout(() => socket.write(answer('evil')), 20)
  })
  await raw(running.port, get('/demo/items/v1/items'), { quiet: 50 })
  await isCleanAfterwards()
})

const dropped: readonly (readonly [name: string, act: (socket: Socket) => void])[] = [
  ['answers nobody', (socket) => socket.write(answer('evil'))],
  ['closes', (socket) => socket.end()],
  ['resets', (socket) => socket.resetAndDestroy()],
]
for (const [name, act] of dropped)
  for (const method of ['GET', 'POST'])
    test(`T8 a kept connection whose provider ${name} just as a ${method} takes it: another one takes the call, once`, async () => {
      const kept = Promise.withResolvers<Socket>()
      provider.behave((socket) => {
        socket.write(answer('hello'))
        kept.resolve(socket)
      })
      const request = get('/demo/items/v1/items').replace('GET', method)
      const client = connect(running.port, '127.0.0.1')
      client.write(request)
      const upstream = await kept.promise
      await once(client, 'data')
      const asked = provider.asked.length
      provider.behave(say(answer('clean')))
      client.write(request)
      act(upstream)
      const [bytes] = await once(client, 'data')
      client.destroy()
      assert.match(String(bytes), /clean$/)
      assert.equal(provider.asked.length, asked + 1)
    })

test('T8 a provider that starts anew drops all kept connections just as one takes a call: it is answered', async () => {
  provider.behave(say(answer('hello')))
  const client = connect(running.port, '127.0.0.1')
  client.write(get('/demo/items/v1/items'))
  await once(client, 'data')
  const kept: Socket[] = []
  const all = Promise.withResolvers<void>()
  provider.behave((socket) => {
    if (kept.push(socket) === 10) all.resolve()
  })
  const callers = Array.from({ length: 10 }, () => raw(running.port, get('/demo/items/v1/items'), { quiet: 50 }))
  await all.promise
  for (const socket of kept) socket.write(answer('hello'))
  await Promise.all(callers)
  provider.behave(say(answer('clean')))
  client.write(get('/demo/items/v1/items'))
  for (const socket of kept.toReversed()) socket.end()
  const [bytes] = await once(client, 'data')
  client.destroy()
  assert.match(String(bytes), /clean$/)
})

test('T9 a dripping upstream is cut at the absolute deadline', async () => {
  provider.behave((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
    const drip = setInterval(() => socket.write('x'), 100)
    socket.on('close', () => clearInterval(drip))
  })
  const first = await raw(running.port, get('/demo/items/v1/items'), { quiet: 2_500 })
  // Whole it would have come after a hundred seconds.
  assert.equal(first.reset, true)
})

test('interim answers are passed over', async () => {
  provider.behave(say(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${answer('hello')}`))
  const first = await raw(running.port, get('/demo/items/v1/items'), { quiet: 50 })
  assert.deepEqual(first.statuses, [200])
})

test('a body is the same however the bytes are cut', async () => {
  const whole =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nX-T: v\r\n\r\n'
  provider.behave(async (socket) => {
    for (const byte of whole) {
      socket.write(byte)
      await new Promise((resolve) => setImmediate(resolve))
    }
  })
  const connections = provider.connections()
  for (let index = 0; index < 2; index++) {
    const got = await fetch(`http://127.0.0.1:${running.port}/demo/items/v1/items`, {
      headers: { authorization: 'Bearer good' },
    })
    assert.equal(await got.text(), 'hello world')
    assert.equal(got.headers.get('x-t'), null)
  }
  assert.equal(provider.connections(), connections + 1)
})

function later(first: string, then: Behaviour): Behaviour {
  return (socket, asked) => {
    socket.write(first)
    setTimeout(() => then(socket, asked), 30)
  }
}

async function isCleanAfterwards(): Promise<void> {
  provider.behave(say(answer('clean')))
  const next = await raw(running.port, get('/demo/items/v1/items'), { quiet: 50 })
  assert.equal(next.status, 200)
  assert.match(next.text, /\r\n\r\nclean$/)
}

test('a 204 leaves without a length, and no header passes in the clothes of another', async () => {
  const provider = await startProvider((socket) =>
    socket.write('HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nX_Ratelimit_Remaining: 9\r\nSet_Cookie: a=b\r\n\r\n'),
  )
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]))
  const got = await raw(running.port, get('/demo/items/v1/items'), { quiet: 60 })
  assert.equal(got.status, 204)
  assert.doesNotMatch(got.text, /content-length|x_ratelimit|set_cookie/i)
  await running.stop()
  await provider.stop()
})
