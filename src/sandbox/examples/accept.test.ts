import assert from 'node:assert/strict'
import { it } from 'node:test'
import { preferredType } from './accept.js'

const offered = ['application/json', 'application/xml']
const cases: readonly (readonly [string | undefined, string | null])[] = [
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['application/xml', 'application/xml'],
  ['application/json;q=0.5, application/xml', 'application/xml'],
  ['application/*;q=0.2, application/xml;q=0.1', 'application/json'],
  ['application/json;q=0, */*', 'application/xml'],
  ['text/html', null],
  ['APPLICATION/XML', 'application/xml'],
  ['application/json;q=2', null],
  [';;;,,/', null],
]

for (const [accept, expected] of cases)
  it(`answers « ${accept} » with ${expected}`, () => assert.equal(preferredType(accept, offered), expected))
