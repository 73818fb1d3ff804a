import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '#base'
import { exampleApi } from '../../test/example/catalog.js'
import { findApi } from './find-api.js'

const apis = [
  exampleApi('p', 'offresdemploi', '2'),
  exampleApi('p', 'rome-metiers', '1'),
  exampleApi('p', 'rome-metiers', '2'),
  exampleApi('other', 'romeo', '2'),
]

test('an API is found by its id, its code and version, or its code alone', () => {
  for (const wanted of ['p/offresdemploi/2', 'offresdemploi/2', 'offresdemploi']) {
    assert.equal(findApi(apis, 'p', wanted).id, 'p/offresdemploi/2')
  }
})

test('a mistyped or ambiguous name is refused with the nearest of this platform', () => {
  const said = (wanted: string): string => {
    try {
      return findApi(apis, 'p', wanted).id
    } catch (error) {
      assert.ok(isProblem(error) && error.code === 'access/unknown-api' && error.status === 404)
      return error.text.en
    }
  }
  assert.match(said('offresdemplois'), /Did you mean: offresdemploi\?$/)
  assert.match(said('offresdemploi/3'), /Did you mean: offresdemploi\/2/)
  assert.match(said('rome-metiers'), /Did you mean: rome-metiers\/1, rome-metiers\/2\?$/)
  assert.doesNotMatch(said('romeo'), /romeo/, 'another platform has it: a stranger does not learn so')
  assert.doesNotMatch(said('zzzzzzzzzzzz'), /Did you mean/)
  said('x'.repeat(100_000))
})
