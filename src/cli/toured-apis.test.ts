import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlatforms } from '#contract'
import { touredApis } from './toured-apis.js'

test('the APIs that the printed commands call', async () => {
  const { platforms } = await loadPlatforms('platforms')
  const toured = touredApis(
    platforms.flatMap(({ apis }) => apis),
    platforms,
  )
  assert.deepEqual(toured.map(({ id }) => id).toSorted(), [
    'api-particulier/dss-quotient-familial/3',
    'france-travail/diagnosticargumente/3',
    'france-travail/offresdemploi/2',
  ])
})
