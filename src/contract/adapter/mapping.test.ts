import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../json.js'
import type { DayBound } from './adapter.js'
import type { PairSettings } from './adapter-shape.js'
import { compileMapping, Unmappable } from './mapping.js'
import { pairOf } from './read-adapter.js'

const forward = (pairs: readonly PairSettings[], source: Json) => compileMapping(pairs.map(pairOf)).forward(source)
const back = (pairs: readonly PairSettings[], target: Json) => compileMapping(pairs.map(pairOf)).back(target)
const one = (convert: PairSettings['convert'], value: Json | undefined) => {
  const made = forward([{ from: '/a', to: '/b', convert }], value === undefined ? {} : { a: value })
  return (made as { b?: Json }).b
}
const refuses = (convert: PairSettings['convert'], value: Json) =>
  assert.throws(
    () => one(convert, value),
    (error) => error instanceof Unmappable && !error.message.includes(String(value)),
  )

describe('conversions, each by name', () => {
  const cases: readonly [string, PairSettings['convert'], Json | undefined, Json | undefined][] = [
    ['upper', 'upper', 'noël', 'NOËL'],
    ['upper, item by item', 'upper', ['a', null, 'b'], ['A', null, 'B']],
    ['lower', 'lower', 'ÉTÉ', 'été'],
    ['trim', 'trim', ' a ', 'a'],
    ['unaccent', 'unaccent', 'Noëlle Çœur L’Été', 'Noelle Coeur L’Ete'],
    ['number', 'number', '12,5', 12.5],
    ['number of a number', 'number', 3, 3],
    ['integer', 'integer', '-07', -7],
    ['text', 'text', 12, '12'],
    ['text of a boolean', 'text', true, 'true'],
    ['boolean', { boolean: { true: ['OUI', 1], false: ['NON', 0] } }, 0, false],
    ['table', { table: { '1': 'M', '2': 'F' } }, 2, 'F'],
    ['table, any other', { table: { '1': 'M', '*': null } }, '9', null],
    ['table of booleans', { table: { true: 'O', false: 'N' } }, true, 'O'],
    ['date', { date: { from: 'DD/MM/YYYY', to: 'YYYYMMDD' } }, '29/02/2024', '20240229'],
    ['a date of which a part is unknown', { date: { from: 'YYYYMMDD', to: 'YYYY-MM-DD' } }, '19850000', '1985-00-00'],
    ['date-time', { date: { from: 'date-time', to: 'YYYY-MM-DD' } }, '2026-01-02T00:30:00+02:00', '2026-01-02'],
    ['epoch in digits', { date: { from: 'epoch-milliseconds', to: 'YYYY-MM-DD' } }, '-86400000', '1969-12-31'],
    ['epoch', { date: { from: 'epoch-seconds', to: 'YYYY-MM' } }, 1_767_225_600, '2026-01'],
    ['to epoch', { date: { from: 'YYYY-MM-DD', to: 'epoch-milliseconds' } }, '1970-01-02', 86_400_000],
    ['a part of a date', [{ date: { from: 'YYYYMM', to: 'MM' } }, 'integer'], '202604', 4],
    ['join', { join: ' ' }, ['a', 'b'], 'a b'],
    ['split', { split: ' ' }, ' a  b', ['a', 'b']],
    ['first', 'first', ['a', 'b'], 'a'],
    ['first of none', 'first', [], undefined],
    ['list', 'list', 'a', ['a']],
    ['empty_as_absent', 'empty_as_absent', '', undefined],
    ['null_as_absent', 'null_as_absent', null, undefined],
    ['absent_as_null', 'absent_as_null', undefined, null],
    ['default', { default: 0 }, null, 0],
    ['absent stays absent', ['upper', 'integer', { join: ' ' }], undefined, undefined],
    ['null stays null', ['upper', { table: { a: 'b' } }, { split: ' ' }], null, null],
  ]
  for (const [kind, convert, given, made] of cases) it(kind, () => assert.deepEqual(one(convert, given), made))

  const refused: readonly [string, PairSettings['convert'], Json][] = [
    ['a number in capitals', 'upper', 12345],
    ['letters as a number', 'number', '12345a'],
    ['a fraction as a whole number', 'integer', '1.5'],
    ['a word that is neither', { boolean: { true: ['O'], false: ['N'] } }, 'PEUT-ETRE'],
    ['a code outside the table', { table: { '1': 'M' } }, '12345'],
    ['a name that objects have', { table: { '1': 'M' } }, 'constructor'],
    ['30 February', { date: { from: 'DD/MM/YYYY', to: 'YYYYMMDD' } }, '30/02/2024'],
    ['month 13', { date: { from: 'YYYYMM', to: 'MM' } }, '202613'],
    ['a text to join', { join: ' ' }, 'abcde'],
    ['a list to split', { split: ' ' }, ['abcde']],
    ['a text as a list', 'first', 'abcde'],
  ]
  for (const [kind, convert, given] of refused) it(`refuses ${kind}, without telling it`, () => refuses(convert, given))

  it('takes a count of seconds or milliseconds for a date, and nothing that only turns into a number', () => {
    for (const from of ['epoch-seconds', 'epoch-milliseconds'])
      for (const given of [' ', '\n', '', '0x10', '1e9', 'soon', {}, 1.5, 2 ** 53, true])
        assert.throws(() => one({ date: { from, to: 'YYYY-MM-DD' } }, given), Unmappable, JSON.stringify(given))
  })
})

describe('pairs', () => {
  it('several pointers make a list; a day that nobody gave is 00', () => {
    const pairs = [{ from: ['/y', '/m', '/d'], to: '/at', convert: { date_of_parts: 'YYYY-MM-DD' } }]
    assert.deepEqual(forward(pairs, { y: '1985', m: '4', d: '9' }), { at: '1985-04-09' })
    assert.deepEqual(forward(pairs, { y: '1985', m: '4' }), { at: '1985-04-00' })
    assert.deepEqual(forward(pairs, { m: '4' }), {})
    assert.throws(() => forward(pairs, { y: '2025', m: '2', d: '29' }), Unmappable)
    assert.deepEqual(back(pairs, { at: '1985-04-09' }), { y: '1985', m: '04', d: '09' })
  })

  it('escapes of pointers (RFC 6901 section 4), and the root', () => {
    assert.deepEqual(forward([{ from: '/a~1b/~0', to: '/c~1d' }], { 'a/b': { '~': 1 } }), { 'c/d': 1 })
    assert.deepEqual(forward([{ from: '', to: '/all' }], [1, 2]), { all: [1, 2] })
    assert.deepEqual(forward([{ from: '/list', to: '', each: [{ from: '/a', to: '/b' }] }], { list: [{ a: 1 }] }), [
      { b: 1 },
    ])
  })

  it('what objects inherit is not there', () => assert.deepEqual(forward([{ from: '/toString', to: '/a' }], {}), {}))

  it('constants, a null object, a list by kind', () => {
    const pairs: readonly PairSettings[] = [
      { value: {}, to: '/links' },
      { from: '/file', to: '/file', map: [{ from: '/x', to: '/y', convert: 'absent_as_null' }] },
      { from: '/people', to: '/adults', where: { at: '/role', equals: 'A' }, each: [{ from: '/n', to: '/name' }] },
      { from: '/people', to: '/children', where: { at: '/role', in: ['C', 'D'] }, each: [{ from: '/n', to: '/name' }] },
    ]
    const people = [
      { role: 'C', n: 1 },
      { role: 'A', n: 2 },
      { role: 'X', n: 3 },
      { role: 'D', n: 4 },
    ]
    const made = { links: {}, file: null, adults: [{ name: 2 }], children: [{ name: 1 }, { name: 4 }] }
    assert.deepEqual(forward(pairs, { file: null, people }), made)
    assert.deepEqual(forward(pairs, back(pairs, made)), made)
  })

  it('items by a date before a day, however it is written', () => {
    const written: readonly (readonly [DayBound['format'], Json, Json])[] = [
      ['YYYY-MM-DD', '2009-12-31', '2010-01-01'],
      ['DD/MM/YYYY', '31/12/2009', '01/01/2010'],
      ['date-time', '2009-12-31T23:00:00Z', '2010-01-01T00:00:00Z'],
      ['epoch-seconds', 1_262_303_999, 1_262_304_000],
      ['epoch-milliseconds', '1262303999999', '1262304000000'],
    ]
    for (const [format, last, first] of written) {
      const where = { at: '/end', before: { day: '2010-01-01', format } }
      const pairs: readonly PairSettings[] = [{ from: '/all', to: '/old', where, each: [{ from: '/n', to: '/n' }] }]
      const all = [{ end: last, n: 1 }, { end: first, n: 2 }, { end: null, n: 3 }, { n: 4 }]
      const made = { old: [{ n: 1 }] }
      assert.deepEqual(forward(pairs, { all }), made, format)
      assert.deepEqual(forward(pairs, back(pairs, made)), made, format)
      assert.throws(() => forward(pairs, { all: [{ end: 'soon' }] }), Unmappable)
    }
  })

  it('a scalar, or a list, where an object is mapped', () => {
    for (const file of [1, 'a', [{}]])
      assert.throws(() => forward([{ from: '/f', to: '/f', map: [{ from: '/x', to: '/y' }] }], { f: file }), Unmappable)
    assert.throws(() => forward([{ from: '/f', to: '/f', each: [{ from: '/x', to: '/y' }] }], { f: {} }), Unmappable)
  })
})

describe('a pair whose source is required', () => {
  const pairs: readonly PairSettings[] = [{ from: '/a/b', to: '/c', required: true, convert: 'absent_as_null' }]
  it('is made of what stands there', () => {
    assert.deepEqual(forward(pairs, { a: { b: 1 } }), { c: 1 })
  })
  it('cannot be made of nothing or null, whatever its conversions', () => {
    for (const source of [{}, { a: 1 }, { a: {} }, { a: { b: null } }])
      assert.throws(() => forward(pairs, source), /\/a\/b → \/c: nothing stands there/)
  })
})
