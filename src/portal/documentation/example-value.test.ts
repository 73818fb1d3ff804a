import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JsonObject, loadPlatforms } from '#contract'
import { exampleValue } from './example-value.js'

const { platforms } = await loadPlatforms('platforms')

test('an example that the contract gives is taken as it is', () => {
  assert.equal(exampleValue({ example: 'AB', schema: { type: 'string', pattern: '^\\d+$' } }), 'AB')
  assert.equal(exampleValue({ schema: { type: 'string', example: 'CD', pattern: '^\\d+$' } }), 'CD')
  assert.equal(exampleValue({ schema: { type: 'string', enum: ['M', 'F'] } }), 'M')
})

test('a text without an example is spelled after its pattern', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['^\\d{5}$', '11111'],
    ['^[0-9]{2,4}$', '11'],
    ['^[A-Z]\\d{4}$', 'A1111'],
    ['^[A-Z0-9]+$', 'A'],
    ['^[a-z]*-\\d?$', 'a-1'],
    ['^\\d{3}[A-Z]{2}$', '111AA'],
  ]
  for (const [pattern, made] of cases) {
    assert.equal(exampleValue({ schema: { type: 'string', pattern } }), made, pattern)
    assert.match(made, new RegExp(pattern))
  }
})

test('however long a pattern asks for, the value stays short', () => {
  assert.equal(String(exampleValue({ schema: { type: 'string', pattern: '^\\d{100000}$' } })).length, 64)
})

test('what is no text, and what has a format, does not look at the pattern', () => {
  assert.equal(exampleValue({ schema: { type: 'integer', minimum: 3, pattern: '^x$' } }), 3)
  assert.match(
    String(exampleValue({ schema: { type: 'string', format: 'date', pattern: '^x$' } })),
    /^\d{4}-\d\d-\d\d$/,
  )
  assert.doesNotThrow(() => exampleValue({}))
})

test('every parameter that a shipped contract asks for gets a value that its own pattern takes', () => {
  let patterns = 0
  for (const { id, operations } of platforms.flatMap(({ apis }) => apis))
    for (const { definition } of operations)
      for (const parameter of definition.parameters ?? []) {
        const { pattern }: JsonObject = parameter.schema ?? {}
        if (parameter.required !== true || typeof pattern !== 'string') continue
        patterns += 1
        assert.match(String(exampleValue(parameter)), new RegExp(pattern, 'u'), `${id}: ${parameter.name}`)
      }
  assert.ok(patterns > 20, String(patterns))
})
