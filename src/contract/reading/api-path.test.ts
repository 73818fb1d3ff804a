import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatPath, parseApiPath } from './api-path.js'
import { parsePathShape } from './path-shape.js'

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
    const first = '/api/v{version}/{sandbox:test?}{api}/{resource*}'
    assert.deepEqual(parsePathShape(first), {
      source: first,
      prefix: ['api'],
      sandboxMarker: 'test',
      versionMarker: 'v',
      versionFirst: true,
    })
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
    '/v{version}/{api}/{resource*}',
  ]) {
    it(`refuse "${source}"`, () => assert.ok('wrong' in parsePathShape(source)))
  }
})

describe('base paths', () => {
  it('are read, with their version', () => {
    assert.deepEqual(parseApiPath('/v{version}/dss/quotient_familial', '3'), {
      source: '/v{version}/dss/quotient_familial',
      segments: ['v3', 'dss', 'quotient_familial'],
      versionAt: 0,
      versionMarker: 'v',
    })
    assert.deepEqual(parseApiPath('/mtes/sne-cotation/v1.0', '1'), {
      source: '/mtes/sne-cotation/v1.0',
      segments: ['mtes', 'sne-cotation', 'v1.0'],
      versionAt: null,
      versionMarker: '',
    })
  })

  for (const [source, reason] of [
    ['', /begin with/],
    ['v3/dss', /begin with/],
    ['/', /begin with/],
    ['/v3/dss/', /begin with/],
    ['/v3//dss', /begin with/],
    ['/v3/dss/{resource*}', /leave/],
    ['/v3/d ss', /"d ss" is neither/],
    ['/v3/{api}', /"\{api\}" is neither/],
    ['/v3/..', /"\.\." is neither/],
    ['/v{version}/a/{version}', /twice/],
    ['/{version}/a', /literal before/],
    ['/connexion/a', /another part/],
    ['/demo/sandbox/a', /environment/],
  ] as const) {
    it(`refuse "${source}"`, () => {
      const read = parseApiPath(source, '3')
      assert.match('wrong' in read ? read.wrong : '', reason)
    })
  }
})

describe('paths to print', () => {
  const shape = shapeOf('/partenaire/{sandbox:test?}{api}/v{version}/{resource*}')
  const api = { code: 'offresdemploi', version: '2' }

  it('come from the shape of the platform', () => {
    assert.equal(formatPath(shape, api, { environment: 'production' }), '/partenaire/offresdemploi/v2')
    assert.equal(
      formatPath(shape, api, { environment: 'sandbox', resource: '/offres/search?range=0-1' }),
      '/partenaire/testoffresdemploi/v2/offres/search?range=0-1',
    )
    const first = shapeOf('/api/v{version}/{api}/{resource*}')
    assert.equal(formatPath(first, api, { environment: 'sandbox' }), '/api/v2/offresdemploi')
  })

  it('are those that an API declares, the same in both environments', () => {
    const path = parseApiPath('/v{version}/dss/quotient_familial', '3')
    assert.ok(!('wrong' in path))
    for (const environment of ['production', 'sandbox'] as const)
      assert.equal(
        formatPath(shape, { ...api, path }, { environment, resource: '/identite' }),
        '/v3/dss/quotient_familial/identite',
      )
  })
})

function shapeOf(source: string) {
  const shape = parsePathShape(source)
  assert.ok(!('wrong' in shape))
  return shape
}
