import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { OAuthRefusal } from './oauth-refusal.js'
import { parseForm, writeForm } from './parse-form.js'

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0') && value.isWellFormed())

test('any form that a standard client writes is read as it was meant', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name }), (pairs) => {
      const expected = new Map(pairs)
      assert.deepEqual(parseForm(Buffer.from(new URLSearchParams(pairs).toString())), expected)
      assert.deepEqual(parseForm(Buffer.from(writeForm(expected))), expected)
    }),
  )
})

test('any bytes are read or refused with 400, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        parseForm(bytes)
      } catch (error) {
        assert.ok(error instanceof OAuthRefusal)
        assert.equal(error.error.status, 400)
      }
    }),
  )
})
