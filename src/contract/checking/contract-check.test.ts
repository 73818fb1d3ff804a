import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Operation } from '../api.js'
import type { CheckedCall } from './breach.js'
import { createContractCheck } from './contract-check.js'

const schema = (pattern: string) => ({ type: 'string', pattern })
const operation = (pattern: string): Operation => ({
  id: 'words',
  method: 'POST',
  path: '/words',
  segments: [],
  definition: {
    parameters: [{ name: 'word', in: 'query', schema: schema(pattern) }],
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', properties: { word: schema(pattern) } } } },
    },
    responses: {},
  },
})
const call = (word: string, inBody = ''): CheckedCall => ({
  query: new Map([['word', [word]]]),
  path: {},
  body: { kind: 'json', value: { word: inBody } },
})
const endless = `${'a'.repeat(40)}!`

describe('the pattern of a published document, held against what a caller sends', () => {
  it('is answered where a backtracking engine would never end', () => {
    const check = createContractCheck(operation('^(a|a)*$'))
    assert.deepEqual(check(call(endless), new Set()), { kind: 'format', name: 'word', expected: 'string' })
    assert.equal(check(call('aaa', endless), new Set())?.kind, 'body')
    assert.equal(check(call('aaa', 'aaa'), new Set()), null)
  })

  it('refuses what would take it too long, and answers the next call', () => {
    const check = createContractCheck(operation('^(a{1,100}){1,10}$'))
    assert.equal(check(call('a', 'a'.repeat(100_000)), new Set())?.kind, 'body')
    assert.equal(check(call('a', 'a'), new Set()), null)
  })
})
