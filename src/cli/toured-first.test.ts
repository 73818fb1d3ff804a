import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatforms } from '#contract'
import { touredFirst } from './toured-first.js'

test('the APIs that the printed commands call come first, and none is lost', async () => {
  const { platforms } = await loadPlatforms('platforms')
  const apis = platforms.flatMap((platform) => platform.apis)
  const ordered = touredFirst(apis, platforms)
  assert.deepEqual(
    ordered
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
    [
      'api-particulier/dss-quotient-familial/3',
      'france-travail/diagnosticargumente/3',
      'france-travail/offresdemploi/2',
    ],
  )
  assert.deepEqual(new Set(ordered), new Set(apis))
  assert.equal(ordered.length, apis.length)
})
