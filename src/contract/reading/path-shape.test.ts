import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatPath, parsePathShape } from './path-shape.js'

describe('path shapes', () => {
  it('are read', () => {
    const source = '/partenaire/{sandbox:test?}{api}/v{version}/{resource*}'
    assert.deepEqual(parsePathShape(source), {
      source,
      prefix: ['partenaire'],
      sandboxMarker: 'test',
      versionMarker: 'v',
    })
    const bare = '/a/b/{api}/{version}/{resource*}'
    assert.deepEqual(parsePathShape(bare), { source: bare, prefix: ['a', 'b'], sandboxMarker: null, versionMarker: '' })
  })

  for (const source of [
    '',
    '/',
    'demo/{api}/v{version}/{resource*}',
    '/{api}/v{version}/{resource*}',
    '/demo/{api}/v{version}',
    '/demo/{api}/v{version}/{resource}',
    '/demo//{api}/v{version}/{resource*}',
    '/demo/../{api}/v{version}/{resource*}x',
    '/connexion/{api}/v{version}/{resource*}',
    '/../{api}/v{version}/{resource*}',
    '/dé/{api}/v{version}/{resource*}',
    '/demo/{version}/v{api}/{resource*}',
    '/demo/{sandbox:?}{api}/v{version}/{resource*}',
  ]) {
    it(`refuse "${source}"`, () => assert.ok('wrong' in parsePathShape(source)))
  }

  it('print paths', () => {
    const shape = parsePathShape('/partenaire/{sandbox:test?}{api}/v{version}/{resource*}')
    assert.ok(!('wrong' in shape))
    const api = { code: 'offresdemploi', version: '2' }
    assert.equal(formatPath(shape, api, { environment: 'production' }), '/partenaire/offresdemploi/v2')
    assert.equal(
      formatPath(shape, api, { environment: 'sandbox', resource: '/offres/search?range=0-1' }),
      '/partenaire/testoffresdemploi/v2/offres/search?range=0-1',
    )
  })
})
