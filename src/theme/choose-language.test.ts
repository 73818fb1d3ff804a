import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLanguage } from './choose-language.js'

const cases: readonly (readonly [string | undefined, string | undefined, 'fr' | 'en'])[] = [
  [undefined, undefined, 'fr'],
  ['', '', 'fr'],
  ['en', 'fr', 'en'],
  ['de fr-CA en', 'en', 'fr'],
  ['de', 'en-GB,en;q=0.9', 'en'],
  [undefined, 'fr;q=0.5, en;q=0.8', 'en'],
  [undefined, 'de, EN-us;q=0.4, fr;q=0.3', 'en'],
  [undefined, 'en;q=0, fr', 'fr'],
  [undefined, 'en;q=0', 'fr'],
  [undefined, 'en;q=zut', 'fr'],
  [undefined, 'enfr, *, ;;;q=,', 'fr'],
  ['\u0000 <script> constructor __proto__', '__proto__', 'fr'],
  ['x '.repeat(100_000), `${'y,'.repeat(100_000)}en`, 'fr'],
]

for (const [uiLocales, acceptLanguage, expected] of cases)
  test(`ui_locales ${uiLocales?.slice(0, 20)}, Accept-Language ${acceptLanguage?.slice(0, 20)}: ${expected}`, () =>
    assert.equal(chooseLanguage(uiLocales, acceptLanguage), expected))
