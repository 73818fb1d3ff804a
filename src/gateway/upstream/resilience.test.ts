import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { api, limits, snapshot } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { answer, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

const quick = { quiet: 40 }
const nowhere = 'http://127.0.0.1:1'

test('connections are used again, by several APIs', async () => {
  const provider = await startProvider()
  const target = [{ url: provider.url, weight: 1 }]
  const apis = [api(target), api(target, { id: 'demo/others/1', code: 'others' })]
  const running = await startGateway(snapshot(apis))
  for (const code of ['items', 'others', 'items']) {
    const got = await raw(running.port, get(`/demo/${code}/v1/items`), quick)
    assert.equal(got.status, 200)
  }
  assert.equal(provider.connections(), 1)
  await running.stop()
  await provider.stop()
})

test('where nothing was sent another address is tried, also for POST', async () => {
  const provider = await startProvider()
  const targets = [
    { url: nowhere, weight: 100 },
    { url: provider.url, weight: 1 },
  ]
  const running = await startGateway(snapshot([api(targets)]))
  const body =
    'POST /demo/items/v1/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\nContent-Length: 2\r\n\r\nhi'
  const got = await raw(running.port, body, quick)
  assert.equal(got.status, 200)
  assert.equal(provider.asked.length, 1)
  await running.stop()
  await provider.stop()
})

test('where something was sent no other address is tried, not even for GET', async () => {
  const faulty = await startProvider((socket) => socket.destroy())
  const sound = await startProvider()
  const targets = [
    { url: faulty.url, weight: 100 },
    { url: sound.url, weight: 1 },
  ]
  const running = await startGateway(snapshot([api(targets)]))
  const got = await raw(running.port, get('/demo/items/v1/items'), quick)
  assert.equal(got.status, 502)
  assert.equal(faulty.asked.length, 1)
  assert.equal(sound.asked.length, 0)
  await running.stop()
  await Promise.all([faulty.stop(), sound.stop()])
})

test('an address where nobody speaks TLS: it is waited for no longer than a connection may take, then another is tried', async () => {
  const mute = createServer().listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const silent = { url: `https://127.0.0.1:${(mute.address() as AddressInfo).port}`, weight: 100 }
  const provider = await startProvider()
  // Whoever waited for anything else would wait longer than this client.
  const patient = {
    limits: { ...limits, connectMilliseconds: 100, headersMilliseconds: 8_000, totalMilliseconds: 9_000 },
  }
  const code = 'alone'
  const alone = api([silent], { ...patient, id: 'demo/alone/1', code })
  const running = await startGateway(snapshot([api([silent, { url: provider.url, weight: 1 }], patient), alone]))
  const late = await raw(running.port, get(`/demo/${code}/v1/items`), quick)
  assert.deepEqual([late.status, /"code":"upstream\/late"/.test(late.text)], [504, true], late.text)
  const got = await raw(running.port, get('/demo/items/v1/items'), quick)
  assert.deepEqual([got.status, provider.asked.length], [200, 1])
  await running.stop()
  await provider.stop()
  mute.close()
})

test('an address that refuses connections: 502', async () => {
  const running = await startGateway(snapshot([api([{ url: nowhere, weight: 1 }])]))
  const got = await raw(running.port, get('/demo/items/v1/items'), quick)
  assert.equal(got.status, 502)
  assert.match(got.text, /upstream\/unreachable/)
  await running.stop()
})

test('calls are shared out by weight', async () => {
  const [heavy, light] = await Promise.all([startProvider(), startProvider()])
  const targets = [
    { url: heavy.url, weight: 3 },
    { url: light.url, weight: 1 },
  ]
  const running = await startGateway(snapshot([api(targets)]))
  for (let index = 0; index < 8; index++) await raw(running.port, get('/demo/items/v1/items'), { quiet: 5 })
  assert.equal(heavy.asked.length, 6)
  assert.equal(light.asked.length, 2)
  await running.stop()
  await Promise.all([heavy.stop(), light.stop()])
})

test('after failures in a row the address rests, then one probe decides', async () => {
  let offset = 0
  const provider = await startProvider((socket) => socket.destroy())
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
    monotonic: () => performance.now() + offset,
    settings: { breaker: { failuresInARow: 3, restMilliseconds: 60_000, restMillisecondsMax: 120_000 } },
  })
  const status = async () => (await raw(running.port, get('/demo/items/v1/items'), quick)).status
  for (let index = 0; index < 3; index++) assert.equal(await status(), 502)
  const resting = await raw(running.port, get('/demo/items/v1/items'), quick)
  assert.equal(resting.status, 503)
  assert.match(resting.text, /upstream\/resting/)
  assert.equal(resting.header('Retry-After'), '60')
  assert.equal(provider.asked.length, 3)
  offset += 60_001
  assert.equal(await status(), 502)
  assert.equal(await status(), 503)
  assert.equal(provider.asked.length, 4)
  offset += 120_001
  provider.behave((socket) => socket.write(answer('back')))
  assert.equal(await status(), 200)
  assert.equal(await status(), 200)
  await running.stop()
  await provider.stop()
})

test('one resting address of two is left alone', async () => {
  const faulty = await startProvider((socket) => socket.destroy())
  const sound = await startProvider()
  const targets = [
    { url: faulty.url, weight: 1 },
    { url: sound.url, weight: 1 },
  ]
  const running = await startGateway(snapshot([api(targets)]), {
    settings: { breaker: { failuresInARow: 2, restMilliseconds: 60_000, restMillisecondsMax: 60_000 } },
  })
  const statuses: number[] = []
  for (let index = 0; index < 10; index++)
    statuses.push((await raw(running.port, get('/demo/items/v1/items'), { quiet: 5 })).status)
  assert.equal(statuses.filter((status) => status === 502).length, 2)
  assert.equal(faulty.asked.length, 2)
  await running.stop()
  await Promise.all([faulty.stop(), sound.stop()])
})

test('a client that leaves cancels the call upstream, which is no failure of the upstream', async () => {
  let gone = 0
  const provider = await startProvider((socket) => socket.on('close', () => (gone += 1)))
  const running = await startGateway(
    snapshot([
      api([{ url: provider.url, weight: 1 }], {
        limits: { ...limits, headersMilliseconds: 60_000, totalMilliseconds: 60_000 },
      }),
    ]),
  )
  await raw(running.port, get('/demo/items/v1/items'), { sent: (socket) => setTimeout(() => socket.destroy(), 50) })
  await running.recorded(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(gone, 1)
  assert.deepEqual([running.finished[0]?.status, running.finished[0]?.complete], [499, false])
  assert.equal(running.gateway.running(), 0)
  await running.stop()
  await provider.stop()
})

test('pipelined calls of a client that leaves are all recorded, once each', async () => {
  const provider = await startProvider(() => {})
  const patient = { ...limits, headersMilliseconds: 60_000, totalMilliseconds: 60_000 }
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }], { limits: patient })]))
  const three = get('/demo/items/v1/items').repeat(3)
  await raw(running.port, three, { sent: (socket) => setTimeout(() => socket.destroy(), 80) })
  await running.recorded(3)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(provider.asked.length, 3)
  assert.equal(running.finished.length, 3)
  assert.equal(running.gateway.running(), 0)
  await running.stop()
  await provider.stop()
})

test('a slow reader of a big body holds the upstream back', async () => {
  let written = 0
  const total = 200 * 1024 * 1024
  const provider = await startProvider((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${total}\r\n\r\n`)
    const piece = Buffer.alloc(65_536)
    const more = () => {
      while (written < total) {
        written += piece.length
        if (!socket.write(piece)) break
      }
    }
    socket.on('drain', more)
    more()
  })
  const roomy = { ...limits, idleMilliseconds: 300, totalMilliseconds: 60_000 }
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }], { limits: roomy })]))
  await raw(running.port, get('/demo/items/v1/items'), {
    quiet: 1_200,
    sent: (socket) => {
      socket.pause()
      // Long after the idle deadline, which does not run while it is the client that waits.
      setTimeout(() => {
        assert.ok(written < 32 * 1024 * 1024, `${written} bytes were taken from the upstream`)
        assert.equal(running.finished.length, 0)
        socket.destroy()
      }, 800)
    },
  })
  await running.recorded(1)
  assert.equal(running.finished[0]?.complete, false)
  await running.stop()
  await provider.stop()
})

test('a reader too slow for the total deadline is no failure of the upstream', async () => {
  const provider = await startProvider((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n`)
    socket.write(Buffer.alloc(67_108_864))
  })
  const short = { ...limits, totalMilliseconds: 400 }
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }], { limits: short })]), {
    settings: { breaker: { failuresInARow: 1, restMilliseconds: 60_000, restMillisecondsMax: 60_000 } },
  })
  await raw(running.port, get('/demo/items/v1/items'), {
    sent: (socket) => {
      socket.pause()
      setTimeout(() => socket.destroy(), 700)
    },
  })
  provider.behave((socket) => socket.write(answer('hello')))
  assert.equal((await raw(running.port, get('/demo/items/v1/items'), quick)).status, 200)
  await running.stop()
  await provider.stop()
})

test('beyond the connections of an origin calls wait, and beyond the queue they are refused', async () => {
  const provider = await startProvider((socket) => void setTimeout(() => socket.write(answer('slow')), 100))
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), {
    settings: { connectionsPerOrigin: 1, queuePerOrigin: 1 },
  })
  const one = () => raw(running.port, get('/demo/items/v1/items'), { quiet: 300 })
  const got = await Promise.all([one(), one(), one()])
  assert.deepEqual(got.map(({ status }) => status).sort(), [200, 200, 503])
  assert.equal(provider.connections(), 1)
  await running.stop()
  await provider.stop()
})

test('closing lets calls under way end, refuses new ones, and loses no record', async () => {
  const provider = await startProvider((socket) => void setTimeout(() => socket.write(answer('last')), 200))
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]))
  const underWay = raw(running.port, get('/demo/items/v1/items'), { quiet: 1_000 })
  const late = raw(running.port, '', {
    sent: (socket) => void setTimeout(() => socket.write(get('/demo/items/v1/items')), 120),
  })
  await new Promise((resolve) => setTimeout(resolve, 60))
  const closed = running.gateway.close()
  const [first, second] = await Promise.all([underWay, late, closed])
  assert.equal(first.status, 200)
  assert.match(first.text, /last$/)
  assert.equal(first.header('Connection'), 'close')
  assert.equal(second.status, 503)
  assert.match(second.text, /gateway\/stopping/)
  assert.deepEqual(running.finished.map(({ status }) => status).sort(), [200, 503])
  await running.stop()
  await provider.stop()
})
