import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../json.js'
import { expectationOf } from './expectation.js'

test('a schema says in its own keywords what it asks for', () => {
  const rows: readonly [JsonObject | undefined, string | null][] = [
    [undefined, null],
    [{}, null],
    [{ description: 'nothing to hold' }, null],
    [{ type: 'string', pattern: '^[0-9]{3}$' }, 'string, pattern ^[0-9]{3}$'],
    [{ type: ['string', 'null'], format: 'date' }, 'string/null, format date'],
    [{ type: 'integer', minimum: 0, maximum: 10 }, 'integer, minimum 0, maximum 10'],
    [{ type: 'string', enum: ['a', 'b'] }, 'string, enum a | b'],
    [{ type: 'array', items: { type: 'string', maxLength: 5 } }, 'array, items (string, maxLength 5)'],
    [{ const: 'one' }, 'const "one"'],
    [{ type: 'string', enum: Array.from({ length: 40 }, (_, index) => `v${index}`) }, 'string'],
  ]
  for (const [schema, text] of rows) assert.equal(expectationOf(schema), text)
})
