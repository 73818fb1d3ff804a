import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Operation, OperationDefinition } from '../api.js'
import type { Json } from '../json.js'
import { answerChecks } from './answer-check.js'

const schema = {
  type: 'object',
  properties: {
    parts: { type: 'object', additionalProperties: { type: 'integer' } },
    lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
  },
  additionalProperties: false,
}
const components = { schemas: { Line: { type: 'object', properties: { total: { type: 'integer' } } } } }
const definition = {
  responses: { '200': { description: '', content: { 'application/json': { schema } } } },
} as unknown as OperationDefinition
const operation: Operation = { id: 'read', method: 'GET', path: '/', segments: [], definition }

async function told(body: Json): Promise<string | null> {
  const checks = await answerChecks({ document: { components } as never })
  return checks(operation, 200)(body)
}

test('a breach is told in the names of the contract, and in none that the provider chose', async () => {
  assert.equal(await told({ parts: { a: 1 }, lines: [{ total: 1 }] }), null)
  assert.equal(await told({ parts: { 'MARTIN Angela 1976-03-12': 'x' } }), '"parts.*": must be integer')
  assert.equal(await told({ parts: { '2850475001001': 'x' } }), '"parts.*": must be integer')
  assert.equal(await told({ MARTIN: 1 }), '"*": an unknown key')
  assert.equal(await told({ lines: [{ total: 'x' }] }), '"lines.*.total": must be integer')
})
