import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bytesOf, jsonPiece, render, valueAt } from './template.js'

const json = (template: Parameters<typeof render>[0], values: Record<string, string | number>) =>
  JSON.parse(Buffer.from(bytesOf(render(template, (name) => jsonPiece(values[name])) ?? [])).toString('utf8'))

it('fills in placeholders and leaves out the keys of those that are absent', () => {
  const template = { a: '$one', b: ['$two', 'plain', '$absent'], c: '$absent', d: '$$one', e: { f: null, g: true } }
  assert.deepEqual(json(template, { one: 'é"\\', two: 2 }), {
    a: 'é"\\',
    b: [2, 'plain'],
    d: '$one',
    e: { f: null, g: true },
  })
})

it('reads values by path without inherited ones', () => {
  assert.equal(valueAt({ a: [{ b: 1 }] }, 'a.0.b'), 1)
  assert.equal(valueAt({ a: 1 }, 'a.b'), undefined)
  assert.equal(valueAt({}, 'constructor.name'), undefined)
  assert.equal(valueAt([1], 'length.x'), undefined)
})
