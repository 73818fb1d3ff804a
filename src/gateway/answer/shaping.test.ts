import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiProjection, type Operation } from '#contract'
import { operation } from '../fixtures/catalog.fixture.js'
import { shapings } from './shaping.js'

const content = { 'application/json': { schema: { type: 'object', properties: { a: { 'x-scope': 'a' } } } } }
const shaped: Operation = {
  ...operation('GET', '/items'),
  definition: { responses: { '200': { content }, '404': { headers: { 'X-Why': {} } } } },
}

test('a head that comes again is read once, and for each status apart', () => {
  const shaping = shapings(apiProjection({ document: {} }))
  const headOf = shaping(shaped)?.headOf
  assert.ok(headOf)
  assert.equal(shaping(shaped)?.headOf, headOf)
  const headers = ['Content-Type', 'application/json', 'X-Why', 'not found', 'Content-Length', '7']
  const found = headOf(200, headers)
  const missing = headOf(404, headers)
  assert.equal(typeof found.found, 'function')
  assert.deepEqual([found.left, found.announced, found.whole], [headers.slice(0, 2), 7, true])
  assert.deepEqual([missing.found, missing.left], ['empty', headers.slice(0, 4)])
  assert.equal(headOf(200, headers), found)
  assert.notEqual(headOf(200, [...headers]), found)
  assert.equal(headOf(200, [...headers, 'Content-Encoding', 'gzip']).whole, false)
  assert.equal(headOf(206, headers).whole, false)
})

test('an operation that no scope shapes has no shaping', () => {
  assert.equal(shapings(apiProjection({ document: {} }))(operation('GET', '/plain')), null)
})
