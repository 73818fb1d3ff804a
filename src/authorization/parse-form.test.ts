import assert from 'node:assert/strict'
import { parse as parseQuery } from 'node:querystring'
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

const refusals: readonly (readonly [body: string | Uint8Array, description: string])[] = [
  ['scope=a&client_secret=hush&scope=hush', 'the parameter scope is repeated'],
  ['a=1&client_secret=hu%00sh', 'the parameter client_secret holds a NUL character'],
  ['client_secret=hush%ff', 'the parameter client_secret is not valid UTF-8 in percent-encoding'],
  ['client_secret=hush%', 'the parameter client_secret is not valid UTF-8 in percent-encoding'],
  [
    Buffer.from('client_secret=hush\xff', 'latin1'),
    'the parameter client_secret is not valid UTF-8 in percent-encoding',
  ],
  ['a=1&%ff=hush', 'the name of parameter 2 is not valid UTF-8 in percent-encoding'],
  ['a=1&b%00=hush', 'the name of parameter 2 holds a NUL character'],
  ['%22%0A=1&%22%0A=2', 'the parameter ?? is repeated'],
  [`${'x'.repeat(60)}=1&${'x'.repeat(60)}=2`, `the parameter ${'x'.repeat(40)} is repeated`],
]

for (const [body, description] of refusals)
  test(`a refused form names the field: ${description}`, () => {
    assert.throws(
      () => parseForm(Buffer.from(body)),
      (error: OAuthRefusal) => error.error.description === description && !error.message.includes('hush'),
    )
  })

test('UTF-8 is read with and without percent-encoding', () => {
  assert.deepEqual(parseForm(Buffer.from('é=%C3%A9+è')), new Map([['é', 'é è']]))
})

test('what is read is what the library reads in the same bytes', () => {
  const piece = fc.constantFrom('a', 'b', '=', '&', '%41', '%C3%A9', '%EF%BB%BF', '%', '+', 'é', '\uFEFF', '%26', '%3D')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const body = Buffer.from(pieces.join(''))
      let form: ReadonlyMap<string, string>
      try {
        form = parseForm(body)
      } catch {
        return
      }
      assert.deepEqual(new Map(Object.entries(parseQuery(body.toString()))), form)
    }),
    { numRuns: 2_000 },
  )
})
