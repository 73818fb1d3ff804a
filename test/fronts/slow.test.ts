import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { ownPlatforms, withUpstream } from '../start/own-platforms.js'
import { createPlace, storeKinds } from '../start/place.js'
import { type Portique, startPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { bearer, demoToken } from '../start/tokens.js'

const [embedded] = storeKinds
assert.ok(embedded)

const limits =
  'limits: { request_body_milliseconds: 500, headers_milliseconds: 500, idle_milliseconds: 500, total_milliseconds: 1200 }'

/** How a provider wastes time, by the record that is asked for. */
const habits: Readonly<Record<string, (socket: Socket) => void>> = {
  muet: () => undefined,
  arret: (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'),
  goutte: (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n')
    const dripping = setInterval(() => socket.write('x'), 100)
    socket.on('close', () => clearInterval(dripping))
  },
  sain: (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
}

describe('time that callers and providers take', () => {
  let portique: Portique
  let token = ''
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (bytes) => habits[/\/services\/([a-z]+)/.exec(String(bytes))?.[1] ?? 'muet']?.(socket))
  })
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const place = await createPlace(embedded)
    const platforms = ownPlatforms(place.folder, [withUpstream(`http://127.0.0.1:${address.port}`, limits)])
    portique = await startPortique(place, { PORTIQUE_PLATFORMS: platforms })
    token = await demoToken(portique, 'demo', 'annuaire')
  })
  after(async () => {
    await portique.end('SIGKILL')
    await portique.place.drop()
    server.close()
  })
  const read = (record: string) =>
    fetch(`${portique.url}/demo/annuaire/v1/services/${record}`, { headers: bearer(token) })

  test('a provider that says nothing is 504, others are served meanwhile', async () => {
    const silent = read('muet')
    const first = await Promise.race([silent, read('sain')])
    assert.equal(first.status, 200)
    const answer = await silent
    const told: Record<string, unknown> = JSON.parse(await answer.text())
    assert.deepEqual([answer.status, told.code], [504, 'upstream/late'])
  })

  test('an answer that stops half-way is broken off, and so is one that drips past the deadline', async () => {
    for (const record of ['arret', 'goutte']) {
      const answer = await read(record)
      assert.equal(answer.status, 200)
      await assert.rejects(() => answer.text(), TypeError, record)
    }
  })

  test('a body that does not come is 408', async () => {
    const lines = [
      'POST /demo/annuaire/v1/services/sain/signalements HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      'Content-Length: 100',
    ]
    const answer = await sendRaw(portique.port, `${head(...lines)}{"message":`)
    assert.equal(answer.status, 408)
    assert.equal(JSON.parse(answer.body).code, 'request/body-late')
  })

  test('the process stops, whatever still hangs', async () => {
    const hanging = read('muet').then((answer) => answer.status)
    await once(server, 'connection')
    assert.deepEqual(await portique.end('SIGTERM'), { code: 0, signal: null })
    assert.equal(await hanging, 504)
  })
})
