import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tame } from './tame.js'

test('ordinary names of any script stay as they are', () => {
  for (const name of ['Léa Durand-Müller', 'مرحبا بالعالم', '田中さん', 'नमस्ते', '👩‍👩‍👧‍👦', "L'Œuvre d’été"])
    assert.equal(tame(name), name)
})

test('what reorders, hides, breaks lines or piles up is gone', () => {
  assert.equal(tame('a\u202eb\u202cc\u2066d\u2069\u200be\ufefff\u0000g\u001bh'), 'abcdefgh')
  assert.equal(tame('one\r\ntwo\tthree'), 'one  two three')
  assert.equal(tame(`q${'\u0353'.repeat(50)}`), 'q\u0353\u0353')
})

test('a high sign of French stays with its word', () => {
  assert.equal(tame('Identité : « prénom » ?'), 'Identité\u00a0: «\u00a0prénom\u00a0»\u00a0?')
})

test('any text comes out well formed and no longer than asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.integer({ min: 1, max: 300 }), (text, max) => {
      const tamed = tame(text, max)
      assert.ok(tamed.isWellFormed())
      assert.ok([...tamed].length <= max)
      assert.equal(tame(tamed, max), tamed)
    }),
    { numRuns: 300 },
  )
})
