import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { patternEngine, patternFault } from './linear-pattern.js'

const engine = patternEngine(1e9)
const endless = `${'a'.repeat(40)}!`

it('what freezes a backtracking engine is answered', () => {
  for (const pattern of ['^(a|a)*$', '^(a+)+$', '^([a-z]+)*$', '(a*)*$b'])
    assert.equal(engine(pattern, 'u').test(endless), false, pattern)
})

describe('a pattern means what ECMA-262 says', () => {
  const characters = [
    ...'aAzZé_-/.[](){}|+*?^$:=,;!#&<> 09\\\n\r\t\v\f\b\0',
    ...['\u00a0', '\u1680', '\u2003', '\u2028', '\u2029', '\u202f', '\u3000', '\ufeff', '\u200b', '\u0001', 'ſ', '😀'],
  ]
  const texts = fc.array(fc.constantFrom(...characters), { maxLength: 5 }).map((parts) => parts.join(''))
  const patterns = [
    ...[
      '.',
      '^.$',
      '\\s',
      '\\S',
      '[\\s]',
      '[^\\s]',
      '[\\S]',
      '[^\\S]',
      '[\\s\\S]',
      '\\d',
      '\\D',
      '\\w',
      '\\W',
      '[\\w-]',
    ],
    ...[
      '\\ba',
      'a\\B',
      '[\\b]',
      '\\0',
      '\\v',
      '\\cA',
      '\\x41',
      '\\u00e9',
      '\\u{1F600}',
      '\\ud83d\\ude00',
      '😀',
      '[😀a]',
    ],
    ...['\\p{L}', '\\P{Lu}', '[\\p{L}\\d]', '\\p{Script=Latin}', '\\p{gc=Lu}', '[[]', '[[:a]', '[^[]', '\\/', '[\\-_]'],
    ...[
      '^$',
      'a$',
      '^a',
      '(?:a|A)+',
      '(?<letter>a)\\.',
      'a{2}',
      'a{1,2}?',
      '\\{',
      '[.]',
      '[(?=]',
      '[(?]a|[)]',
      '[(?<]b',
      '\\(?=',
      '[$^]',
    ],
    ...['[&&]', '[a&&z]', "^[a-zA-ZÀ-ÖØ-öø-ÿ' -]+$", '\\\\', '[\\]a]', '\\[a', '[\\\\]', '[a-z]{0,3}', '\\$', '\\^'],
  ]
  for (const pattern of patterns)
    it(JSON.stringify(pattern), () => {
      const native = new RegExp(pattern, 'u')
      const linear = engine(pattern, 'u')
      for (const text of characters) assert.equal(linear.test(text), native.test(text), JSON.stringify(text))
      fc.assert(
        fc.property(texts, (text) => linear.test(text) === native.test(text)),
        { numRuns: 200 },
      )
    })
})

describe('what it cannot express is told', () => {
  const refused = {
    '(?=a)b': /look-around/,
    'a(?!b)': /look-around/,
    '(?<=a)b': /look-around/,
    '(?<!a)b': /look-around/,
    '(a)\\1': /back-reference/,
    '(?<x>a)\\k<x>': /back-reference/,
    '(?i:a)': /flags/,
    '[]': /empty class/,
    'a{1,5000}': /repeat count/,
    '(a{1,100}){1,100}': /repeat count/,
    '(': /Unterminated group/,
    '\\Qa\\E': /Invalid escape/,
    '(?i)a': /Invalid/,
  }
  for (const [pattern, reason] of Object.entries(refused))
    it(pattern, () => {
      assert.match(patternFault(pattern) ?? '', reason)
      assert.throws(() => engine(pattern, 'u'), SyntaxError)
    })

  it('and what it can is not', () => assert.equal(patternFault('^[0-9]{14}$'), null))
})

describe('work is bounded', () => {
  it('over matches, until it is renewed', () => {
    const few = patternEngine(1_000_000)
    const { test } = few('(?:a|b){1,100}$', 'u')
    const often = () => {
      for (let at = 0; at < 100; at += 1) test('a'.repeat(1_000))
    }
    assert.throws(often, RangeError)
    assert.throws(() => test('a'), RangeError)
    few.renew()
    assert.equal(test('a'), true)
  })

  it('over compilations, of which the same again is none', () => {
    const few = patternEngine(1_000_000)
    for (let at = 0; at < 100; at += 1) few('a{1,100}', 'u')
    assert.throws(() => {
      for (let at = 0; at < 100; at += 1) few(`a{1,100}${at}`, 'u')
    }, RangeError)
  })
})
