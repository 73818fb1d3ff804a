import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseTarget, targetAfter } from './target.js'

test('decodes each segment once and keeps the raw bytes', () => {
  const parsed = parseTarget('/a/52c4%23VMl%3FG/caf%C3%A9/%2523?q=%26&b=(c),d')
  assert.deepEqual(parsed?.segments, ['a', '52c4#VMl?G', 'café', '%23'])
  assert.equal(parsed?.raw, '/a/52c4%23VMl%3FG/caf%C3%A9/%2523?q=%26&b=(c),d')
})

const refused = [
  '',
  'a',
  '*',
  'http://host/a',
  '//a',
  '/a//b',
  '/a/../b',
  '/a/./b',
  '/..',
  '/a/..;/b',
  '/a/..;x=1/b',
  '/a/%2e%2e/b',
  '/a/%2E./b',
  '/a/.%2e%3b/b',
  '/a/%2f/b',
  '/a%2Fb',
  '/a%5cb',
  '/a\\b',
  '/a#b',
  '/a%00',
  '/a%0d%0a',
  '/a%7f',
  '/a%c2%80',
  '/a%',
  '/a%zz',
  '/a%u2215b',
  '/a%ff',
  '/a%c0%ae',
  '/a%ed%a0%80',
  '/a/%252e%252e/b',
  '/a%252fb',
  '/a%255cb',
  '/a/.../b',
  '/a/%20/b',
  '/a/..%20/b',
  '/a;x=1/b',
  '/a b',
  '/caf\u00e9',
  '/a?b#c',
  '/a?b=%',
  '/a?b=%ff',
  '/a?b=%00',
]
for (const target of refused) test(`refuses ${JSON.stringify(target)}`, () => assert.equal(parseTarget(target), null))

test('accepts any encoded segment that is no trap, and gives it back', () => {
  const harmless = fc
    .string({ unit: 'grapheme', minLength: 1 })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
    .filter((value) => !/[\u0000-\u001f\u007f-\u009f/\\;%]|^[. ]+$/.test(value) && value.isWellFormed())
  fc.assert(
    fc.property(harmless, (value) => {
      assert.deepEqual(parseTarget(`/x/${encodeURIComponent(value)}/y`)?.segments, ['x', value, 'y'])
    }),
  )
})

test('gives what stands behind the API byte for byte', () => {
  assert.equal(targetAfter('/demo/items/v1/a%23b?x=1', 3), '/a%23b?x=1')
  assert.equal(targetAfter('/demo/items/v1', 3), '/')
  assert.equal(targetAfter('/demo/items/v1?x=/1/2', 3), '/?x=/1/2')
  assert.equal(targetAfter('/demo/items/v1/', 3), '/')
})
