import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonObject } from '#contract'
import { synthesise } from './synthesise.js'

const schemas: readonly JsonObject[] = [
  {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', minLength: 8 }, b: { type: 'integer', minimum: 5 } },
  },
  { type: 'array', items: { type: 'number' } },
  { type: ['string', 'null'], maxLength: 2 },
  { oneOf: [{ type: 'object', properties: { kind: { const: 'x' } }, required: ['kind'] }, { type: 'string' }] },
  {
    allOf: [
      { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'] },
      { properties: { b: { enum: ['un', 'deux'] } }, required: ['b'] },
    ],
  },
  { type: 'string', enum: ['seul'] },
  { const: 3 },
  { type: 'integer', default: 7 },
]

for (const schema of schemas)
  it(`makes a value of ${JSON.stringify(schema).slice(0, 60)}`, () => {
    const validate = new Ajv2020({ strict: false }).compile(schema)
    assert.ok(validate(synthesise(schema)), JSON.stringify(synthesise(schema)))
    assert.deepEqual(synthesise(schema), synthesise(schema))
  })

it('stops where a schema goes on and on', () => {
  let schema: JsonObject = { type: 'string' }
  for (let depth = 0; depth < 50; depth++) schema = { type: 'object', properties: { inner: schema } }
  assert.ok(JSON.stringify(synthesise(schema)).length < 500)
})
