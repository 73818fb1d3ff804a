import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { api, limits, snapshot } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { answer, type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, type RawAnswer, raw } from '../fixtures/raw-client.fixture.js'
import { refused } from '../fixtures/refused-requests.fixture.js'

let provider: Provider
let lane: RunningGateway
let laneless: RunningGateway
const hello = answer('hello', 'Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nX-Own: caf\u00c3\u00a9\r\n')
before(async () => {
  provider = await startProvider((socket) => socket.write(hello, 'latin1'))
  const catalog = snapshot([api([{ url: provider.url, weight: 1 }])])
  lane = await startGateway(catalog)
  laneless = await startGateway(catalog, { laneless: true })
})
after(async () => {
  await lane.stop()
  await laneless.stop()
  await provider.stop()
})

const items = '/demo/items/v1/items'
const post = `POST ${items} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\nContent-Length: 3\r\n\r\nabc`

/** What of an answer is the same however it was carried. */
const steady = ({ text, reset, closed, statuses }: RawAnswer) => ({
  text: text.replace(/^(date|x-request-id|traceparent): .*$/gim, '$1').replace(/[0-9a-f]{32}/g, 'id'),
  ...{ reset, closed, statuses },
})

async function bothWays(bytes: string, quiet = 60): Promise<readonly [RawAnswer, RawAnswer]> {
  const [one, other] = [await raw(lane.port, bytes, { quiet }), await raw(laneless.port, bytes, { quiet })]
  const same = isDeepStrictEqual(steady(one), steady(other))
  // A busy machine may cut an answer in two: patience tells that from a difference.
  if (!same && quiet < 1_000) return bothWays(bytes, 1_000)
  assert.deepEqual(steady(one), steady(other), JSON.stringify(bytes))
  return [one, other]
}

const sound = [
  get(items),
  get(`${items}?q=%C3%A9&r=1`),
  get(`${items}/`),
  get(`${items}/../admin`),
  get(`${items}#part`),
  get('/demo/unknown/v1/items'),
  get('/elsewhere'),
  get(items, 'Accept-Language: en\r\nAccept: text/plain \r\n'),
  get(items).replace('GET', 'HEAD'),
  get(items).replace('good', 'bad'),
  get(items).replace('Authorization: Bearer good\r\n', ''),
  get(items, 'Connection: close\r\n'),
  `${get(items)}${get(items)}`,
  `${get(items)}GARBAGE\r\n\r\n`,
  post,
]

for (const bytes of sound)
  test(`answered as node:http has it: ${JSON.stringify(bytes.slice(0, 90))}`, async () => {
    const [{ status }] = await bothWays(bytes)
    assert.notEqual(status, 0)
  })

for (const [name, bytes, status] of refused)
  test(`refused as node:http has it: ${name}`, async () => {
    const [one] = await bothWays(bytes)
    assert.equal(one.status, status)
  })

test('whatever one byte is changed, both ways answer alike and ask the provider alike', async () => {
  const bytes = get(items, 'X-A: b\r\n')
  const place = fc.nat({ max: bytes.length - 1 })
  await fc.assert(
    fc.asyncProperty(place, fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1), async (at, code, cut) => {
      const changed = bytes.slice(0, at) + String.fromCharCode(code) + bytes.slice(at + cut)
      provider.asked.length = 0
      await bothWays(changed, 15)
      const heads = provider.asked.map(({ head }) =>
        head.replace(/^(x-request-id|traceparent|portique-identity): .*$/gim, ''),
      )
      assert.equal(heads.length % 2, 0)
      for (const head of heads) assert.equal(head, heads[0])
    }),
    { numRuns: 100 },
  )
})

/** Sends the pieces, each when as many answers as it says are there; gives the whole text. */
function converse(
  port: number,
  pieces: readonly (readonly [after: number, bytes: string])[],
  total: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const left = [...pieces]
    const answers = () => text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0
    const socket = connect(port, '127.0.0.1')
    const patience = setTimeout(() => reject(new Error(`only ${answers()} answers: ${text}`)), 3_000)
    const go = () => {
      while (left[0] !== undefined && answers() >= left[0][0]) socket.write(left.shift()?.[1] ?? '', 'latin1')
      if (answers() < total || left.length > 0) return
      clearTimeout(patience)
      setTimeout(() => socket.destroy(), 50)
    }
    socket.on('connect', go).on('data', (bytes) => {
      text += bytes.toString('latin1')
      go()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

test('plain calls stay on the lane; what is not plain goes to node:http, and its connection with it', async () => {
  const before = lane.readNode()
  const plain = [
    [0, get(items)],
    [1, get(items)],
    [2, get(items)],
  ] as const
  await converse(lane.port, plain, 3)
  assert.equal(lane.readNode(), before)
  const text = await converse(lane.port, [...plain, [3, post], [4, get(items)]], 5)
  assert.equal(lane.readNode(), before + 2)
  assert.equal(text.match(/hello/g)?.length, 5)
})

test('a request that comes in two pieces, or before its turn, is answered in its turn', async () => {
  provider.behave((socket, { line }) => void setTimeout(() => socket.write(answer(line)), /one/.test(line) ? 60 : 0))
  const split = get(`${items}?three`)
  const text = await converse(
    lane.port,
    [
      [0, get(`${items}?one`)],
      [0, ''],
      [0, `${get(`${items}?two`)}${split.slice(0, 30)}`],
      [2, split.slice(30)],
    ],
    3,
  )
  provider.behave((socket) => socket.write(hello, 'latin1'))
  assert.deepEqual(text.match(/\?(?:one|two|three)/g), ['?one', '?two', '?three'])
})

test('a caller that sends without end while it waits is read no further', async (t) => {
  const asked = new Promise<Socket>((resolve) => provider.behave(resolve))
  // Its provider may stay silent as long as the test may last.
  const silent = { ...limits, headersMilliseconds: 100_000, totalMilliseconds: 100_000 }
  const patient = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }], { limits: silent })]))
  const socket = connect(patient.port, '127.0.0.1').on('error', () => {})
  socket.write(get(items))
  const waiting = await asked
  t.after(async () => {
    waiting.write(hello, 'latin1')
    socket.destroy()
    await patient.stop()
  })
  let sent = 0
  const piece = Buffer.alloc(50_000, 'x')
  const send = () => {
    if (sent === 20_000_000) return
    sent += piece.length
    socket.write(piece, send)
  }
  send()
  // What the system itself takes in between goes first.
  let seen: number
  do {
    seen = sent
    await sleep(100)
  } while (sent > seen)
  assert.equal(socket.destroyed, false)
  assert.ok(sent < 20_000_000, 'all of it was read')
  provider.behave((one) => one.write(hello, 'latin1'))
})

test('a caller that leaves is recorded as gone, and its provider is let go', async () => {
  const asked = Promise.withResolvers<void>()
  const gone = new Promise<void>((resolve) =>
    provider.behave((socket) => {
      socket.on('close', () => resolve())
      asked.resolve()
    }),
  )
  const recorded = lane.finished.length
  await raw(lane.port, get(items), { sent: (socket) => void asked.promise.then(() => socket.destroy()) })
  await lane.recorded(recorded + 1)
  assert.deepEqual([lane.finished.at(-1)?.status, lane.finished.at(-1)?.complete], [499, false])
  await gone
  provider.behave((socket) => socket.write(hello, 'latin1'))
})

const streams: readonly (readonly [name: string, head: string, pieces: readonly string[]])[] = [
  ['a length', 'Content-Length: 6\r\n', ['abc', 'def']],
  ['chunks', 'Transfer-Encoding: chunked\r\n', ['3\r\nabc\r\n', '3\r\ndef\r\n0\r\n\r\n']],
  ['the end of the connection', 'Connection: close\r\n', ['abc', 'def']],
]
for (const [name, head, pieces] of streams)
  test(`a body that arrives in pieces and is told by ${name}`, async () => {
    provider.behave((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n`)
      for (const [index, piece] of pieces.entries()) setTimeout(() => socket.write(piece), 20 * (index + 1))
      if (head.startsWith('Connection')) setTimeout(() => socket.end(), 80)
    })
    const [one] = await bothWays(get(items), 400)
    assert.equal(one.text.replace(/[\r\n\d]/g, '').slice(-6), 'abcdef')
    provider.behave((socket) => socket.write(hello, 'latin1'))
  })

for (const line of ['204 No Content', '304 Not Modified'])
  test(`${line} has no body`, async () => {
    provider.behave((socket) => socket.write(`HTTP/1.1 ${line}\r\nContent-Length: 0\r\n\r\n`))
    const [one] = await bothWays(get(items))
    assert.match(one.text, /\r\n\r\n$/)
    provider.behave((socket) => socket.write(hello, 'latin1'))
  })

test('an answer that its provider breaks off is reset, not passed for whole', async () => {
  provider.behave((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')
    setTimeout(() => socket.destroy(), 30)
  })
  const [one] = await bothWays(get(items))
  assert.equal(one.reset, true)
  provider.behave((socket) => socket.write(hello, 'latin1'))
})

test('a body that is here as a whole is told by its own length, whatever its upstream says', async () => {
  for (const lengths of [['3'], ['70'], ['x'], ['10', '3'], ['10']]) {
    const headers = lengths.flatMap((length) => ['Content-Length', length])
    const sandbox = { handle: async () => ({ status: 200, headers, body: Buffer.from('0123456789') }) }
    const one = await startGateway(snapshot([api('sandbox')]), { sandbox })
    for (const wayIn of ['', 'Content-Length: 0\r\n']) {
      const { statuses, text } = await raw(one.port, get(items, wayIn).repeat(2))
      assert.deepEqual(statuses, [200, 200], text)
      assert.deepEqual(text.match(/content-length: .*/gi), ['Content-Length: 10', 'Content-Length: 10'])
      assert.equal(text.match(/\r\n\r\n0123456789(?:HTTP|$)/g)?.length, 2, text)
    }
    await one.stop()
  }
})

test('an answer field that would end its line is never written', async () => {
  for (const headers of [
    ['X-A', 'a\r\nSet-Cookie: b'],
    ['X-A\r\nSet-Cookie', 'b'],
    ['X-\u0100', 'a'],
  ]) {
    const sandbox = { handle: async () => ({ status: 200, headers, body: Buffer.from('a') }) }
    const one = await startGateway(snapshot([api('sandbox')]), { sandbox })
    const { status, text } = await raw(one.port, get(items))
    assert.equal(status, 500, text)
    assert.doesNotMatch(text, /set-cookie/i)
    await one.stop()
  }
})

test('a connection that says nothing is refused in time, one that has called waits on', async () => {
  const patient = await startGateway(snapshot([api('sandbox')]), { front: { headersMilliseconds: 300 } })
  const mute = raw(patient.port, '', { quiet: 3_000 })
  const known = raw(patient.port, get(items), { quiet: 1_800 })
  const { status, closed } = await mute
  assert.deepEqual([status, closed], [408, true])
  assert.equal((await known).closed, false)
  await patient.stop()
})

test('a connection that falls silent is closed', async () => {
  const brief = await startGateway(snapshot([api('sandbox')]), { front: { silenceMilliseconds: 200 } })
  const { status, closed } = await raw(brief.port, get(items), { quiet: 1_500 })
  assert.deepEqual([status, closed], [200, true])
  await brief.stop()
})

test('a caller that does not read its answer is silent too', async () => {
  const bytes = 16_000_000
  const sandbox = { handle: async () => ({ status: 200, headers: [], body: Buffer.alloc(bytes) }) }
  const brief = await startGateway(snapshot([api('sandbox')]), { sandbox, front: { silenceMilliseconds: 200 } })
  const socket = connect(brief.port, '127.0.0.1').on('error', () => {})
  socket.pause().write(get(items))
  await brief.recorded(1)
  let read = 0
  socket.on('data', (piece: Buffer) => {
    read += piece.length
  })
  socket.resume()
  await new Promise((resolve) => socket.on('close', resolve))
  assert.ok(read < bytes, `${read} bytes were read`)
  await brief.stop()
})
