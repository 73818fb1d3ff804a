import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationInWords } from './duration-in-words.js'

const cases: readonly (readonly [number, string, string])[] = [
  [0, '1 seconde', '1 second'],
  [1, '1 seconde', '1 second'],
  [59.6, '1 minute', '1 minute'],
  [60, '1 minute', '1 minute'],
  [1500, '25 minutes', '25 minutes'],
  [5400, '90 minutes', '90 minutes'],
  [86_400, '1 jour', '1 day'],
  [30 * 86_400, '30 jours', '30 days'],
  [180 * 86_400, '6 mois', '6 months'],
  [365 * 86_400, '1 an', '1 year'],
]

for (const [seconds, french, english] of cases)
  test(`${seconds} s: ${french}`, () => {
    assert.equal(durationInWords(seconds, 'fr').replace(/\s/g, ' '), french)
    assert.equal(durationInWords(seconds, 'en').replace(/\s/g, ' '), english)
  })
