import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { refused } from '../fixtures/refused-requests.fixture.js'
import { readPlainHead } from './plain-head.js'

const sound =
  'GET /demo/items?a=b HTTP/1.1\r\nHost: localhost\r\nX-A: \t b c \t\r\nX-Empty:\r\nconnection: Keep-Alive\r\n\r\n'

test('a plain head is read as it stands, blanks around values apart', () => {
  const { method, url, fields } = readPlainHead(sound) ?? assert.fail()
  assert.deepEqual(
    { method, url, rawHeaders: fields.rawHeaders },
    {
      method: 'GET',
      url: '/demo/items?a=b',
      rawHeaders: ['Host', 'localhost', 'X-A', 'b c', 'X-Empty', '', 'connection', 'Keep-Alive'],
    },
  )
  assert.equal(readPlainHead('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n')?.method, 'HEAD')
})

test('the last byte of a value is the value’s, whatever it is', () =>
  assert.equal(
    readPlainHead('GET / HTTP/1.1\r\nX-A: voil\u00c3\u00a0\r\n\r\n')?.fields.rawHeaders[1],
    'voil\u00c3\u00a0',
  ))

test('fields that come again are taken again, and no others', () => {
  const first = readPlainHead(sound)?.fields ?? assert.fail()
  const again = readPlainHead(sound.replace('GET /demo', 'HEAD /other'), first)
  assert.equal(again?.fields, first)
  assert.equal(again?.url, '/other/items?a=b')
  for (const other of [
    sound.replace('b c', 'b d'),
    sound.replace('X-Empty:\r\n', ''),
    sound.replace('\r\nHost', '\r\nX: y\r\nHost'),
  ]) {
    const fields = readPlainHead(other, first)?.fields
    assert.notEqual(fields, first)
    assert.deepEqual(fields?.rawHeaders, readPlainHead(other)?.fields.rawHeaders)
  }
  assert.equal(readPlainHead(`${sound}x`, first), null)
})

/** Sound or not, these are node:http's to judge. */
const others = [
  '',
  'GET',
  'GET / HTTP/1.1',
  'GET / HTTP/1.1\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n',
  'GET / HTTP/1.1\r\nHost: a\n\n',
  '\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.0\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1 \r\nHost: a\r\n\r\n',
  'GET  / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\n\r\n',
  'OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: chunked\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, x\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\nG',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n',
  'GET / HTTP/1.1\r\n: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost\r\n\r\n',
  'GET / HTTP/1.1\r\nHost : a\r\n\r\n',
  'GET / HTTP/1.1\r\nH\u00e9: a\r\n\r\n',
  'GET / HTTP/1.1\r\nX: a\u007f\r\n\r\n',
]
for (const text of others) test(`not plain: ${JSON.stringify(text)}`, () => assert.equal(readPlainHead(text), null))

const doubtful = /T(?:17|21|23|28|29)/
for (const [name, text] of refused.filter(([name]) => doubtful.test(name) && !name.startsWith('T17')))
  test(`not plain: ${name}`, () => assert.equal(readPlainHead(text), null))

test('whatever one byte is put in or taken out, a head that is still read is sound to the last byte', () => {
  const place = fc.nat({ max: sound.length - 1 })
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1), (at, code, cut) => {
      const changed = sound.slice(0, at) + String.fromCharCode(code) + sound.slice(at + cut)
      const head = readPlainHead(changed)
      if (head === null) return
      assert.match(head.url, /^\/[!-~]*$/)
      assert.equal(head.fields.rawHeaders.length % 2, 0)
      for (const part of head.fields.rawHeaders) assert.match(part, /^[\t -~\u0080-\u00ff]*$/)
      assert.equal(changed.split('\r\n').length, head.fields.rawHeaders.length / 2 + 3)
    }),
    { numRuns: 3_000 },
  )
})
