import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiPath, ApiVersion } from '#contract'
import { api, platform, snapshot } from '../fixtures/catalog.fixture.js'
import { buildRoutes } from './routes.js'
import { parseTarget } from './target.js'

const versioned = (version: string): ApiPath => ({
  source: '/v{version}/dss/file',
  segments: [`v${version}`, 'dss', 'file'],
  versionAt: 0,
  versionMarker: 'v',
})
const fixed = (source: string): ApiPath => ({
  source,
  segments: source.slice(1).split('/'),
  versionAt: null,
  versionMarker: '',
})
const named = (id: string, version: string, path?: ApiPath): ApiVersion =>
  api('sandbox', { id: `demo/${id}/${version}`, code: id, version, ...(path && { path }) })
const apis = [
  named('file', '3', versioned('3')),
  named('file', '10', versioned('10')),
  named('cotation', '1', fixed('/mtes/sne-cotation/v1.0')),
  named('old', '2', fixed('/api/v2/old')),
  named('items', '1'),
]
const gone = [
  { path: '/api/v2/old', segments: ['api', 'v2', 'old'], text: { fr: 'Parti', en: 'Gone' } },
  { path: '/api/dead', segments: ['api', 'dead'], text: { fr: 'Parti', en: 'Gone' } },
]
const demo = platform(apis, { gone })
const routes = buildRoutes(snapshot(apis, { platforms: new Map([['demo', demo]]) }))

function at(path: string, host = 'localhost') {
  const target = parseTarget(path)
  assert.ok(target !== null)
  const found = routes.find(host, target)
  if (found === null) return null
  const { api: one, unknownVersion, depth, environment } = found
  return [one?.id ?? null, unknownVersion, found.gone === null ? depth : 'gone', environment]
}

test('an API answers at its own path, under the prefix of its platform and on its host', () => {
  assert.deepEqual(at('/v3/dss/file/identite'), ['demo/file/3', null, 3, null])
  assert.deepEqual(at('/mtes/sne-cotation/v1.0/cotations'), ['demo/cotation/1', null, 3, null])
  assert.deepEqual(at('/demo/sandbox/v10/dss/file'), ['demo/file/10', null, 5, 'sandbox'])
  assert.deepEqual(at('/v3/dss/file', 'sandbox.example:8080'), ['demo/file/3', null, 3, 'sandbox'])
  assert.deepEqual(at('/demo/items/v1/items'), ['demo/items/1', null, 3, null])
})

test('a version that does not exist is that of the newest one', () => {
  assert.deepEqual(at('/v4/dss/file/identite'), ['demo/file/10', '4', 3, null])
  assert.deepEqual(at('/demo/production/v4/dss/file'), ['demo/file/10', '4', 5, 'production'])
  assert.deepEqual(at('/demo/items/v9/items'), ['demo/items/1', '9', 3, null])
})

test('what is gone comes before the API of the same address', () => {
  assert.deepEqual(at('/api/v2/old'), [null, null, 'gone', null])
  assert.deepEqual(at('/api/dead/under'), [null, null, 'gone', null])
})

test('an address that no API has is the platform’s where it owns what is above it, and nobody’s elsewhere', () => {
  const unknown = [null, null, 0, null]
  for (const path of ['/v7/anything', '/v3/dss', '/demo/x', '/demo/sandbox/x'])
    assert.deepEqual(at(path), unknown, path)
  assert.deepEqual(at('/anything', 'api.example'), unknown)
  for (const path of ['/', '/vx/dss/file', '/api/oauth/token', '/api/v2', '/mtes', '/v3x/dss'])
    assert.equal(at(path), null, path)
})
