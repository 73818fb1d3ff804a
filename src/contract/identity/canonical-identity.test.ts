import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalIdentity, subjectIdentity } from './canonical-identity.js'

const of = (values: Readonly<Record<string, string | readonly string[]>>) =>
  canonicalIdentity(new Map(Object.entries(values).map(([part, value]) => [part, [value].flat()])))

test('one person is one text, however a call spells them', () => {
  const spellings = [
    { 'family-name': "L'Hermitte de La Tour", 'given-names': ['Noëlle', 'Anne'], 'birth-date': '1981-04-07' },
    {
      'family-name': 'L’HERMITTE-DE LA TOUR',
      'given-names': 'noelle anne',
      'birth-year': '1981',
      'birth-month': '4',
      'birth-day': '07',
    },
    {
      'family-name': ' l hermitte  de la tour ',
      'given-names': 'NOËLLE',
      'birth-year': '1981',
      'birth-month': '04',
      'birth-day': '7',
    },
  ]
  for (const each of spellings) assert.equal(of(each), 'person=L HERMITTE DE LA TOUR|NOELLE|1981-04-07')
})

test('another name, given name or date is another person; what is not known is nothing', () => {
  const base = { 'family-name': 'Petit', 'given-names': 'Jean', 'birth-year': '1970' }
  const texts = [
    base,
    { ...base, 'birth-year': '1995' },
    { ...base, 'given-names': 'Léo' },
    { ...base, 'family-name': 'Petits' },
    { 'family-name': 'Petit' },
  ].map(of)
  assert.equal(new Set(texts).size, 5)
  assert.equal(texts[0], 'person=PETIT|JEAN|1970-00-00')
  assert.equal(of({ 'family-name': 'Cœur', 'given-names': 'Æmilia' }), 'person=COEUR|AEMILIA|0000-00-00')
  for (const nobody of [
    {},
    { 'family-name': '' },
    { 'family-name': "' -" },
    { 'given-names': 'Jean', 'birth-year': '1970' },
  ])
    assert.equal(of(nobody), null)
})

test('identifiers come before names, each in its own kind', () => {
  assert.equal(of({ ine: '990000001hh', 'family-name': 'Petit' }), 'ine=990000001HH')
  assert.notEqual(of({ ine: '1' }), of({ identifiant: '1' }))
  assert.equal(of({ ine: ['', '1'] }), 'ine=1')
  assert.equal(of({ 'family-name': ['', 'Petit'], 'given-names': ["' -", 'Jean'] }), 'person=PETIT|JEAN|0000-00-00')
  assert.equal(of({ ine: '', 'family-name': 'Petit' }), 'person=PETIT||0000-00-00')
  assert.equal(subjectIdentity('france-travail/individu', 'a-b'), 'subject=france-travail/individu|a-b')
})

test('a value of any length and any sign is read in time that grows with its bound', () => {
  assert.ok((of({ 'family-name': 'x'.repeat(1_000_000) }) ?? '').length < 300)
  assert.equal(of({ 'family-name': 'a\u0000|b=c' }), 'person=A B C||0000-00-00')
})
