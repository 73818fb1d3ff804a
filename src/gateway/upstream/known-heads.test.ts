import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownHeads } from './known-heads.js'
import { parseResponseHead } from './response-head.js'

const head = (length: string, more = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}`

test('a head that comes again is the very same, and reads as it would alone', () => {
  const heads = new KnownHeads()
  const texts = ['1', '22', '333', '4', '5', '6'].map((length) => head(length))
  for (const text of [...texts, ...texts]) assert.deepEqual(heads.read(text, 'GET'), parseResponseHead(text, 'GET'))
  const once = heads.read(head('6'), 'GET')
  assert.equal(heads.read(`${head('6')}body`.slice(0, head('6').length), 'GET'), once)
})

test('what the same text says to HEAD is never taken from what it said to GET, nor the other way round', () => {
  const heads = new KnownHeads()
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'POST'])
    assert.deepEqual(heads.read(head('7'), method), parseResponseHead(head('7'), method))
})

test('an unsound head is refused each time, one byte beside a known one too', () => {
  const heads = new KnownHeads()
  assert.notEqual(heads.read(head('7'), 'GET'), null)
  const unsound = [head('7\u0001'), head('7', 'Content-Length: 8\r\n'), head('7', ' folded\r\n'), head('x')]
  for (const text of [...unsound, ...unsound]) assert.equal(heads.read(text, 'GET'), null)
})

test('a long head is read, and not kept', () => {
  const heads = new KnownHeads()
  const long = head('7', `X-Long: ${'a'.repeat(4_000)}\r\n`)
  assert.deepEqual(heads.read(long, 'GET'), parseResponseHead(long, 'GET'))
  assert.notEqual(heads.read(long, 'GET'), heads.read(long, 'GET'))
})
