import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pages } from '../../scripts/docs/pages.js'

for (const { path, render } of pages)
  test(`${path} is what the code says`, () => {
    assert.equal(readFileSync(path, 'utf8'), render(), 'write it again: npm run docs')
  })

test('nothing else lies in docs/reference', () => {
  const known = pages.map(({ path }) => path.replace('docs/reference/', ''))
  assert.deepEqual(readdirSync('docs/reference').toSorted(), known.toSorted())
})
