import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { normalise, words } from './normalise.js'

it('drops case, accents and punctuation', () => {
  assert.equal(normalise("  L'Élève—ÉBÉNISTE, (H/F) œuvre!"), 'l eleve ebeniste h f oeuvre')
  assert.deepEqual(words('Développeur C++ / C#'), ['developpeur', 'c++', 'c#'])
  assert.deepEqual(words(' ,;. '), [])
})

it('changes nothing the second time', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => normalise(normalise(text)) === normalise(text)))
})
