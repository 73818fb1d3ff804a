import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseProjection, project } from './projection.js'

const row = { code: '1', libelle: 'Un', metier: { code: 'A1101', libelle: 'Métier' }, listes: [{ a: 1, b: 2 }] }

describe('projections', () => {
  const cases = [
    ['code,libelle,metier(code)', { code: '1', libelle: 'Un', metier: { code: 'A1101' } }],
    ['code, metier(libelle)', { code: '1', metier: { libelle: 'Métier' } }],
    ['metier.code', { metier: { code: 'A1101' } }],
    ['metier.code,metier.libelle', { metier: { code: 'A1101', libelle: 'Métier' } }],
    ['listes(b)', { listes: [{ b: 2 }] }],
    ['inconnu,code', { code: '1' }],
    ['__proto__,constructor,code', { code: '1' }],
  ] as const
  for (const [text, expected] of cases)
    it(`keeps ${text}`, () => {
      const tree = parseProjection(text)
      assert.ok(tree !== null)
      assert.deepEqual(project(row, tree), expected)
    })

  for (const text of [
    '',
    '(',
    'a(',
    'a(b',
    'a)',
    'a,,b',
    ',a',
    'a,',
    'a(b))',
    'a((b))',
    `${'a('.repeat(9)}b${')'.repeat(9)}`,
    'a'.repeat(3000),
  ])
    it(`refuses ${text.slice(0, 20)}`, () => assert.equal(parseProjection(text), null))

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '(', ')', ',', '.', ' ') }), (text) => {
        const tree = parseProjection(text)
        if (tree !== null) project(row, tree)
      }),
    )
  })
})
