import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { api, limits, snapshot } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { type Provider, answer as reply, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'
import { host, line, refused, token } from '../fixtures/refused-requests.fixture.js'

let provider: Provider
let running: RunningGateway
before(async () => {
  provider = await startProvider()
  // What is judged here is the way in: a machine that stands still for a moment must not time a provider out.
  const patient = { connectMilliseconds: 10_000, headersMilliseconds: 10_000, totalMilliseconds: 20_000 }
  running = await startGateway(
    snapshot([api([{ url: provider.url, weight: 1 }], { limits: { ...limits, ...patient } })]),
  )
})
after(async () => {
  await running.stop()
  await provider.stop()
})

for (const [name, bytes, status] of refused)
  test(`${name}: ${status}, nothing upstream`, async () => {
    const before = provider.asked.length
    const answer = await raw(running.port, bytes)
    assert.equal(answer.status, status, answer.text)
    assert.equal(answer.statuses.length, 1, answer.text)
    assert.equal(provider.asked.length, before)
    assert.equal(answer.closed, true)
    assert.match(answer.text, /^Date: /m)
    assert.match(answer.text, /"code":"request\//)
  })

const tunnel = `CONNECT localhost:22 HTTP/1.1\r\n${host}\r\n`
const upgrade = `${line}${host}${token}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`

for (const [name, bytes] of [
  ['CONNECT', tunnel],
  ['an upgrade', upgrade],
] as const)
  test(`T28 a reset right after ${name} harms nobody`, async () => {
    for (const delay of [0, 5, 20])
      await raw(running.port, bytes, { sent: (socket) => void setTimeout(() => socket.resetAndDestroy(), delay) })
    const next = await raw(running.port, get('/demo/items/v1/items'))
    assert.equal(next.status, 200)
  })

test('T28 a client that stays after its CONNECT is refused is cut off, even if it goes on sending', async () => {
  const socket = connect({ port: running.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {}).resume()
  socket.write(tunnel)
  const beat = setInterval(() => socket.write('x'), 50)
  const patience = setTimeout(() => socket.destroy(new Error('patience')), 4_000)
  const failed = await new Promise<boolean>((resolve) => void socket.on('close', resolve))
  clearInterval(beat)
  clearTimeout(patience)
  assert.equal(failed, true)
  assert.notEqual(socket.errored?.message, 'patience')
})

test('T28 a CONNECT behind a call under way is not answered in its place, and the call is recorded', async () => {
  const recorded = running.finished.length
  provider.behave((socket) => void setTimeout(() => socket.write(reply('late')), 100))
  const answer = await raw(running.port, `${get('/demo/items/v1/items')}${tunnel}`, { quiet: 400 })
  provider.behave((socket) => socket.write(reply('hello')))
  assert.ok(!answer.statuses.includes(501), answer.text)
  assert.equal(answer.closed, true)
  await running.recorded(recorded + 1)
  assert.equal(running.finished.length, recorded + 1)
  assert.equal(running.gateway.running(), 0)
})

test('T28 calls that wait behind one another are all recorded when a CONNECT follows them', async () => {
  const recorded = running.finished.length
  provider.behave((socket) => void setTimeout(() => socket.write(reply('late')), 100))
  await raw(running.port, `${get('/demo/items/v1/items').repeat(3)}${tunnel}`, { quiet: 400 })
  provider.behave((socket) => socket.write(reply('hello')))
  await running.recorded(recorded + 3)
  assert.equal(running.finished.length, recorded + 3)
  assert.equal(running.gateway.running(), 0)
})

test('T29 an offer of h2c is passed over, not forwarded', async () => {
  const extra = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'
  const answer = await raw(running.port, get('/demo/items/v1/items', extra))
  assert.equal(answer.status, 200)
  assert.doesNotMatch(provider.asked.at(-1)?.head ?? '', /upgrade|http2/i)
})

test('T29 HTTP/1.0 is answered and closed', async () => {
  const answer = await raw(running.port, `GET /demo/items/v1/items HTTP/1.0\r\n${host}${token}\r\n`)
  assert.equal(answer.status, 200)
  assert.equal(answer.closed, true)
})

test('T29 100 only after authentication', async () => {
  const head = `POST /demo/items/v1/items HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 3\r\n`
  const stranger = await raw(running.port, `${head}\r\n`)
  assert.deepEqual(stranger.statuses, [401])
  const known = await raw(running.port, `${head}${token}\r\n`, {
    sent: (socket) => setTimeout(() => socket.write('abc'), 60),
  })
  assert.deepEqual(known.statuses, [100, 200])
  assert.equal(provider.asked.at(-1)?.body, 'abc')
})

test('a client that sends far ahead of the answers loses its connection, and the provider most of the calls', async () => {
  const before = provider.asked.length
  provider.behave((socket) => void setTimeout(() => socket.write(reply('late')), 50))
  const post = get('/demo/items/v1/items', 'Content-Length: 0\r\n').replace('GET', 'POST')
  const answer = await raw(running.port, post.repeat(200), { quiet: 2_000 })
  provider.behave((socket) => socket.write(reply('hello')))
  assert.equal(answer.closed, true)
  assert.ok(answer.statuses.length < 200, `${answer.statuses.length}`)
  assert.ok(provider.asked.length - before <= 40, `${provider.asked.length - before} reached the provider`)
})

test('T22 a sound request before garbage is answered whole, counted once, and the last one', async () => {
  const before = provider.asked.length
  const recorded = running.finished.length
  const answer = await raw(running.port, `${get('/demo/items/v1/items')}GARBAGE\r\n\r\n`)
  assert.deepEqual(answer.statuses, [200])
  assert.match(answer.text, /hello$/)
  assert.equal(answer.closed, true)
  assert.equal(provider.asked.length, before + 1)
  await running.recorded(recorded + 1)
  assert.equal(running.finished.length, recorded + 1)
})

test('T21 a broken chunk: 400 and close, nothing upstream, recorded once', async () => {
  const before = provider.asked.length
  const recorded = running.finished.length
  const head = `POST /demo/items/v1/items HTTP/1.1\r\n${host}${token}Transfer-Encoding: chunked\r\n\r\n`
  const answer = await raw(running.port, `${head}zz\r\nabc\r\n0\r\n\r\n`, { quiet: 1_500 })
  assert.deepEqual(answer.statuses, [400])
  assert.equal(answer.closed, true)
  assert.equal(provider.asked.length, before)
  await running.recorded(recorded + 1)
  assert.deepEqual([running.finished.length, running.finished.at(-1)?.complete], [recorded + 1, false])
})

const brokenChunk = (credential = token) =>
  `POST /demo/items/v1/items HTTP/1.1\r\n${host}${credential}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`

for (const [name, behind, then] of [
  ['a broken chunk', brokenChunk(), 400],
  ['a broken chunk of a call that is refused anyway', brokenChunk(''), 401],
  ['a call and a broken chunk', get('/demo/items/v1/items') + brokenChunk(), 400],
] as const)
  test(`T22 ${name} behind an unanswered call: that one is answered first, all are recorded once, and the connection ends`, async () => {
    const recorded = running.finished.length
    const calls = name.startsWith('a call') ? 3 : 2
    const asked = provider.asked.length
    provider.behave((socket) => void setTimeout(() => socket.write(reply('late')), 150))
    const answer = await raw(running.port, `${get('/demo/items/v1/items')}${behind}`, { quiet: 2_500 })
    provider.behave((socket) => socket.write(reply('hello')))
    assert.deepEqual(answer.statuses, [...Array.from({ length: calls - 1 }, () => 200), then], answer.text)
    assert.equal(answer.text.split('late').length, calls, 'each sound call has its own answer')
    assert.equal(answer.closed, true)
    assert.equal(provider.asked.length, asked + calls - 1)
    await running.recorded(recorded + calls)
    assert.deepEqual(
      running.finished
        .slice(recorded)
        .map(({ complete }) => complete)
        .filter((whole) => whole).length,
      then === 401 ? calls : calls - 1,
    )
    assert.equal(running.finished.length, recorded + calls)
    assert.equal(running.gateway.running(), 0)
  })

test('T22 a call before a body that is cut short is answered, though its client sends no more', async () => {
  const recorded = running.finished.length
  provider.behave((socket) => void setTimeout(() => socket.write(reply('late')), 100))
  const cut = `POST /demo/items/v1/items HTTP/1.1\r\n${host}${token}Content-Length: 10\r\n\r\nabc`
  const answer = await raw(running.port, `${get('/demo/items/v1/items')}${cut}`, {
    quiet: 1_000,
    sent: (socket) => void socket.end(),
  })
  provider.behave((socket) => socket.write(reply('hello')))
  assert.deepEqual(answer.statuses, [200, 400], answer.text)
  await running.recorded(recorded + 2)
  assert.equal(running.finished.length, recorded + 2)
})

test('T22 a client that leaves while its broken chunk waits behind a call: all are recorded', async () => {
  const recorded = running.finished.length
  provider.behave(() => {})
  await raw(running.port, `${get('/demo/items/v1/items')}${brokenChunk()}`, {
    sent: (socket) => void setTimeout(() => socket.destroy(), 100),
  })
  provider.behave((socket) => socket.write(reply('hello')))
  await running.recorded(recorded + 2)
  assert.equal(running.finished.length, recorded + 2)
  assert.equal(running.gateway.running(), 0)
})

test('a connection beyond those of one address is closed', async () => {
  const small = await startGateway(snapshot([]), { front: { connectionsPerAddress: 1 } })
  const first = raw(small.port, 'GET / HTTP/1.1\r\n', { quiet: 300 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const second = await raw(small.port, get('/'))
  assert.equal(second.status, 0)
  assert.equal(second.closed, true)
  await small.stop()
  await first
})
