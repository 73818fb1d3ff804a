import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Operation, OperationDefinition } from '../api.js'
import { callChecks } from './call-check.js'
import { readQuery } from './read-query.js'

const now = Date.UTC(2026, 10, 21, 12)
const names = "^[a-zA-ZÀ-ÖØ-öø-ÿ' -]+$"
const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more })

function checked(definition: object, target: string, at = now): string | null {
  const operation: Operation = {
    id: 'read',
    method: 'GET',
    path: '/',
    segments: [],
    definition: definition as OperationDefinition,
  }
  const breach = callChecks()(operation)({ query: readQuery(target), path: {} }, at)
  return breach === null ? null : `${breach.kind} ${breach.name} ${breach.errorCode ?? ''}`.trim()
}

describe('the parameters of a call, one by one', () => {
  const definition = {
    parameters: [
      query(
        'recipient',
        { type: 'string', format: 'siret' },
        { required: true, 'x-error-code': { missing: '1', wrong: '2' } },
      ),
      query('name', { type: 'string', pattern: names }, { 'x-error-code': '3' }),
      query(
        'prenoms[]',
        { type: 'array', minItems: 1, items: { type: 'string', pattern: names } },
        { 'x-error-code': '4' },
      ),
      query('jour', { type: 'integer', minimum: 1, maximum: 31 }),
      query('sans', { type: 'string' }),
      query('textes[]', { type: 'array', items: { type: 'string' } }),
    ],
  }
  const right = 'recipient=13002526500013'
  for (const [what, target, told] of [
    [
      'what is right',
      `?${right}&name=L%27Hermitte%20de%20La%20Tour-%C3%89glise&prenoms[]=No%C3%ABl&prenoms[]=Zo%C3%A9`,
      null,
    ],
    ['a name with a plus for a space', `?${right}&name=de+La+Tour`, null],
    ['an establishment of La Poste', '?recipient=35600000000048', null],
    ['a parameter unknown to the contract', `?${right}&foo=1&foo=2`, null],
    ['an empty optional one', `?${right}&name=`, null],
    ['a missing one', '?name=X', 'required recipient 1'],
    ['an empty one', '?recipient=', 'required recipient 1'],
    ['a wrong key', '?recipient=13002526500014', 'format recipient 2'],
    ['one given twice', `?${right}&${right}`, 'format recipient 2'],
    ['one given twice with a good and an empty value', `?${right}&recipient=`, 'format recipient 2'],
    ['one given twice with an empty and a good value', `?recipient=&${right}`, 'format recipient 2'],
    ['one given twice, empty', '?recipient=&recipient=', 'format recipient 2'],
    ['an optional one given twice, once empty', `?${right}&name=&name=X`, 'format name 3'],
    ['a blank one', '?recipient=%20', 'required recipient 1'],
    ['a blank entry of a list', `?${right}&prenoms[]=&prenoms[]=%20&prenoms[]=A`, null],
    ['a list where one is expected', `?${right}&name[]=X`, 'format name 3'],
    ['one where a list is expected', `?${right}&prenoms=X`, 'format prenoms[] 4'],
    ['a look-alike with an index', `?${right}&recipient[0]=21750001600019`, 'format recipient 2'],
    ['a look-alike in capitals', `?${right}&Recipient=21750001600019`, 'format recipient 2'],
    ['a look-alike of a list', `?${right}&prenoms[]=A&prenoms[1]=B`, 'format prenoms[] 4'],
    ['a look-alike with encoded brackets', `?${right}&name%5Ba%5D=X`, 'format name 3'],
    ['digits in a name', `?${right}&name=R2D2`, 'format name 3'],
    ['a wrong entry of a list', `?${right}&prenoms[]=A&prenoms[]=B2`, 'format prenoms[] 4'],
    ['a comma in an entry of a list', `?${right}&prenoms[]=A,B`, 'format prenoms[] 4'],
    ['bytes that are no UTF-8', `?${right}&name=%ff`, 'format name 3'],
    ['a number out of bounds', `?${right}&jour=32`, 'format jour'],
    ['a number written otherwise than in digits', `?${right}&jour=0x7`, 'format jour'],
    ['a number with a fraction of nothing', `?${right}&jour=7.0`, 'format jour'],
    ['a number with an exponent', `?${right}&jour=7e0`, 'format jour'],
    ['a number between blanks', `?${right}&jour=%207`, 'format jour'],
    ['a number that is none', `?${right}&jour=abc`, 'format jour'],
    ['an end of line', `?${right}&sans=a%0Ab`, 'format sans'],
    ['an end of text', `?${right}&sans=%00`, 'format sans'],
    ['an end of line in a list', `?${right}&textes[]=a&textes[]=b%0D`, 'format textes[]'],
  ] as const)
    it(`${what}: ${told ?? 'passes'}`, () => assert.equal(checked(definition, target), told))
})

describe('what holds between the parameters of a call', () => {
  const whole = (name: string) => query(name, { type: 'integer' })
  const text = (name: string) => query(name, { type: 'string' })
  const date = {
    parameters: [whole('a'), whole('m'), whole('j')],
    'x-checks': [{ date: ['a', 'm', 'j'], from: '1900-01-01', past: true, error: '00363' }],
  }
  const month = {
    parameters: [whole('a'), whole('m')],
    'x-checks': [{ month: ['a', 'm'], last: 24, errors: { year: 'year', month: 'month', old: 'old' } }],
  }
  const others = {
    parameters: ['ine', 'nom', 'date', 'commune', 'departement', 'region'].map(text),
    'x-checks': [
      { choice: [['ine'], ['nom', 'date']], error: 'way' },
      { parameter: 'commune', needs: ['departement'], error: 'needs' },
      { apart: ['departement', 'region'], error: 'apart' },
    ],
  }
  const year = { parameters: [whole('y')], 'x-checks': [{ year: 'y', ago: 1, error: 'year' }] }
  const day = { parameters: [text('d')], 'x-checks': [{ day: 'd', from: '1900-01-01', past: true, error: '00363' }] }
  const school = { parameters: [text('s')], 'x-checks': [{ schoolYear: 's', from: 2000, error: '00411' }] }
  for (const [definition, target, told] of [
    [date, '?a=1976&m=3', null],
    [date, '?a=2026&m=11', null],
    [date, '?a=2026&m=12', 'rule a 00363'],
    [date, '?a=2027', 'rule a 00363'],
    [date, '?a=1899', 'rule a 00363'],
    [date, '?m=2&j=31', 'rule a 00363'],
    [date, '?m=3', 'rule a 00363'],
    [date, '?j=12', 'rule m 00363'],
    [date, '?a=1976&j=12', 'rule m 00363'],
    [day, '?d=2004-03-14', null],
    [day, '?d=2026-11-21', 'rule d 00363'],
    [day, '?d=2104-03-14', 'rule d 00363'],
    [day, '?d=1899-12-31', 'rule d 00363'],
    [school, '?s=2026', null],
    [school, '?s=2026-2027', null],
    [school, '?s=2027', 'rule s 00411'],
    [school, '?s=1800', 'rule s 00411'],
    [school, '?s=2026-2030', 'rule s 00411'],
    [school, '?s=2026-2026', 'rule s 00411'],
    [date, '?a=1976&m=3&j=12', null],
    [date, '?a=1976', null],
    [date, '?a=2024&m=2&j=29', null],
    [date, '?a=2023&m=2&j=29', 'rule a 00363'],
    [date, '?a=1976&m=2&j=31', 'rule a 00363'],
    [date, '?a=1976&m=4&j=31', 'rule a 00363'],
    [date, '?a=1899&m=12&j=31', 'rule a 00363'],
    [date, '?a=99&m=1&j=1', 'rule a 00363'],
    [date, '?a=2026&m=11&j=20', null],
    [date, '?a=2026&m=11&j=21', 'rule a 00363'],
    [month, '', null],
    [month, '?a=2026&m=11', null],
    [month, '?a=2024&m=12', null],
    [month, '?a=2024&m=11', 'rule a old'],
    [month, '?a=2026&m=12', 'rule m month'],
    [month, '?a=2027&m=1', 'rule a year'],
    [month, '?a=2026', 'rule m month'],
    [month, '?m=3', 'rule a year'],
    [year, '?y=2025', null],
    [year, '?y=2026', 'rule y year'],
    [others, '?ine=1', null],
    [others, '?nom=X&date=d', null],
    [others, '?nom=X', 'rule date way'],
    [others, '', 'rule ine way'],
    [others, '?ine=1&commune=X', 'rule departement needs'],
    [others, '?ine=1&commune=X&departement=69', null],
    [others, '?ine=1&region=84&departement=69', 'rule region apart'],
  ] as const)
    it(`${Object.keys(definition['x-checks'][0] ?? {})[0]}, ${target}: ${told ?? 'passes'}`, () =>
      assert.equal(checked(definition, target), told))

  it('counts months as people in France do', () => {
    const newYear = Date.UTC(2026, 11, 31, 23, 30)
    assert.equal(checked(month, '?a=2027&m=1', newYear), null)
    assert.equal(checked(month, '?a=2027&m=1', newYear - 3_600_000), 'rule a year')
  })
})
