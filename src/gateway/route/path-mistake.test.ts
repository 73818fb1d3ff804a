import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathMistake } from './path-mistake.js'

const mistakes: readonly (readonly [target: string, code: string])[] = [
  ['/a#b', 'request/hash'],
  ['/a?b#c', 'request/hash'],
  ['/a;x=1/b', 'request/semicolon'],
  ['//a/b', 'request/empty-segment'],
  ['/a//b', 'request/empty-segment'],
  ['/a?q=%ff', 'request/query'],
  ['/a?q=%00', 'request/query'],
  ['/a?q=%', 'request/query'],
  ['/a/../b', 'request/path'],
  ['/a%2Fb?q=%ff', 'request/path'],
]
for (const [target, code] of mistakes) test(`${target} is ${code}`, () => assert.equal(pathMistake(target), code))
