import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createLikeness } from './likeness.js'

const texts = ['Boucher / Bouchère', 'Boulanger / Boulangère', 'Développeur web / Développeuse web', 'Boulanger']

it('puts the closest text first, with a score of 1 for the same text, whatever its accents', async () => {
  const likeness = await createLikeness(texts, async () => {})
  assert.deepEqual(likeness.like('boulanger')[0], { text: 3, score: 1 })
  assert.equal(likeness.like('DEVELOPPEUR WEB')[0]?.text, 2)
  assert.equal(likeness.like('bouchere')[0]?.text, 0)
  assert.deepEqual(likeness.like('zzz'), [])
  assert.deepEqual(likeness.like(''), [])
  for (const { score } of likeness.like('boulangerie web')) assert.ok(score > 0 && score <= 1)
})
