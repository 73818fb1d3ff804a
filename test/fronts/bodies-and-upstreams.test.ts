import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { runCommand } from '../start/command.js'
import { newApplication } from '../start/control.js'
import { lieuxDocument, writeLieux } from '../start/lieux.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { bearer } from '../start/tokens.js'
import { exampleUpstream } from '../start/upstream.js'

const [embedded] = storeKinds
assert.ok(embedded)

/** What a provider may do wrong, by the code of the API published for it. */
const faults: Readonly<Record<string, (socket: Socket) => void>> = {
  reinitialise: (socket) => socket.resetAndDestroy(),
  ferme: (socket) => socket.end(),
  charabia: (socket) => socket.end('<<<not http at all>>>\r\n\r\n'),
  'trop-court': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'),
  'coupe-en-route': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`)
    setTimeout(() => socket.resetAndDestroy(), 50)
  },
  'deux-reponses': (socket) =>
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil'),
  'saut-de-ligne': (socket) => socket.end('HTTP/1.1 200 OK\r\nX-A: b\rSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok'),
  'gros-en-tetes': (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(200_000)}\r\nContent-Length: 2\r\n\r\nok`),
  biscuits: (socket) =>
    socket.end(
      'HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nClear-Site-Data: "*"\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok',
    ),
}

describe('bodies and providers that misbehave', () => {
  const portique = ownPortique(embedded)
  const sound = exampleUpstream()
  const tokens = new Map<string, string>()
  const servers: ReturnType<typeof createServer>[] = []

  async function publish(code: string, upstream: string): Promise<void> {
    const { folder } = portique().place
    const file = writeLieux(folder, lieuxDocument.replace('  /lieux:\n', `  /lieux/{id}:\n${identifier}`))
    const where = ['--platform', 'demo', '--upstream', upstream, '--code', code]
    const done = await runCommand(portique().place, [
      'publish',
      file,
      ...where,
      '--quota-application',
      '1000/s',
      '--quota-api',
      '1000/s',
    ])
    assert.equal(done.code, 0, done.stderr)
    const scope = `api_${code}v1`
    tokens.set(code, (await newApplication(portique(), code, `demo/${code}/1`, scope)).token)
  }
  const identifier = '    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n'
  const call = (code: string, init: RequestInit = {}, id = 'x') =>
    fetch(`${portique().url}/demo/${code}/v1/lieux/${id}`, { ...init, headers: bearer(tokens.get(code) ?? '') })

  before(async () => {
    await publish('sain', sound.url())
    for (const [code, misbehave] of Object.entries(faults)) {
      const server = createServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => misbehave(socket))
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      servers.push(server)
      const address = server.address()
      assert.ok(address !== null && typeof address === 'object')
      await publish(code, `http://127.0.0.1:${address.port}`)
    }
    const [first] = servers
    assert.ok(first)
    await publish('absent', 'http://127.0.0.1:1')
  })
  after(() => {
    for (const server of servers) server.close()
  })

  test('a provider that fails is told as such, and never as a whole answer', async () => {
    const due: readonly (readonly [string, number, string])[] = [
      ['absent', 502, 'upstream/unreachable'],
      ['reinitialise', 502, 'upstream/broken'],
      ['ferme', 502, 'upstream/broken'],
      ['charabia', 502, 'upstream/broken'],
      ['saut-de-ligne', 502, 'upstream/broken'],
      ['gros-en-tetes', 502, 'upstream/broken'],
    ]
    for (const [code, status, refusal] of due) {
      const answer = await call(code)
      const told: Record<string, unknown> = JSON.parse(await answer.text())
      assert.deepEqual([answer.status, told.code], [status, refusal], code)
    }
  })

  test('an answer that breaks off breaks off for the client too', async () => {
    for (const code of ['trop-court', 'coupe-en-route']) {
      const answer = await call(code)
      await assert.rejects(() => answer.text(), TypeError, code)
    }
  })

  test('a second answer on the same connection reaches nobody', async () => {
    assert.equal(await (await call('deux-reponses')).text(), 'ok')
    assert.equal(await (await call('deux-reponses')).text(), 'ok')
  })

  test('cookies of a provider do not pass, and what it sends runs in no browser', async () => {
    const { headers } = await call('biscuits')
    assert.deepEqual([headers.get('set-cookie'), headers.get('clear-site-data')], [null, null])
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.match(headers.get('content-security-policy') ?? '', /sandbox/)
  })

  test('identifiers go on byte for byte', async () => {
    sound.seen.length = 0
    const identifiers = ['a%23b', 'a%3Fb', 'a%25b', '%C3%A9', 'a%20b', '52c4%23VM-_~']
    for (const id of identifiers) assert.equal((await call('sain', {}, id)).status, 200, id)
    assert.deepEqual(
      sound.seen,
      identifiers.map((id) => `GET /lieux/${id}`),
    )
  })

  test('a body over the limit is 413 and reaches no provider', async () => {
    sound.seen.length = 0
    const answer = await call('sain', { method: 'POST', body: 'x'.repeat(1_100_000) })
    assert.equal(answer.status, 413)
    const lines = [
      'POST /demo/sain/v1/lieux/x HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${tokens.get('sain')}`,
    ]
    const chunked = head(...lines, 'Transfer-Encoding: chunked')
    const long = await sendRaw(portique().port, `${chunked}200000\r\n${'x'.repeat(0x200000)}\r\n0\r\n\r\n`)
    assert.equal(long.status, 413)
    assert.deepEqual(sound.seen, [])
  })

  test('a body cut short reaches no provider', async () => {
    sound.seen.length = 0
    const lines = [
      'POST /demo/sain/v1/lieux/x HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${tokens.get('sain')}`,
    ]
    await sendRaw(portique().port, `${head(...lines, 'Content-Length: 100')}half`, 200)
    assert.equal((await call('sain')).status, 200)
    assert.deepEqual(sound.seen, ['GET /lieux/x'])
  })

  test('bodies that trickle in hold up nobody else', async () => {
    const lines = [
      'POST /demo/sain/v1/lieux/x HTTP/1.1',
      'Host: localhost',
      `Authorization: Bearer ${tokens.get('sain')}`,
    ]
    const slow = `${head(...lines, 'Content-Length: 100')}h`
    const hanging = Array.from({ length: 300 }, () => sendRaw(portique().port, slow, 1_500))
    for (let index = 0; index < 20; index++) {
      const answered = await Promise.race([call('sain').then(({ status }) => status), Promise.all(hanging)])
      assert.equal(answered, 200, 'answered while the slow ones still hang')
    }
    await Promise.all(hanging)
  })
})
