import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { bouquet } from './bouquet.js'
import type { Json, JsonObject } from './json.js'
import { loadPlatforms } from './load-platforms.js'
import { onDisk, soundPlatform } from './platform-on-disk.js'

const security = { bearer: { type: 'http', scheme: 'bearer' } }

for (const versions of [['2'], ['3', '4', '5']])
  test(`the contracts of the versions ${versions.join(', ')} of a whole bouquet are one valid document`, async () => {
    const { platforms } = await loadPlatforms('platforms')
    const platform = platforms.find(({ id }) => id === 'api-particulier')
    assert.ok(platform)
    const apis = platform.apis.filter(({ version }) => versions.includes(version))
    const whole = bouquet({ platform, apis, server: '/', security })
    const { valid, errors } = await new Validator({ strict: false }).validate(structuredClone(whole))
    assert.ok(valid, JSON.stringify(errors ?? []).slice(0, 2_000))
    const references = referencesIn(whole)
    assert.ok(references.size > 50)
    for (const reference of references) assert.ok(at(whole, reference) !== undefined, reference)
    const count = apis.flatMap(({ operations }) => operations).length
    const methods = Object.values(whole.paths as JsonObject).flatMap((item) => Object.keys(item as JsonObject))
    assert.equal(methods.length, count)
    for (const [path, item] of Object.entries(whole.paths as JsonObject))
      for (const { security: asked } of Object.values(item as Record<string, { readonly security: Json }>)) {
        const own = path.endsWith('/france_connect') ? [{ 'france-connect': [] }] : [{ bearer: [] }]
        assert.ok(
          [own, []].some((each) => JSON.stringify(each) === JSON.stringify(asked)),
          path,
        )
      }
    const schemes = Object.keys(at(whole, '#/components/securitySchemes') as JsonObject)
    assert.deepEqual(schemes, versions.includes('3') ? ['bearer', 'france-connect'] : ['bearer'])
    assert.ok(Buffer.byteLength(JSON.stringify(whole)) < 2_000_000, 'what is shared is written once')
  })

test('a schema that contains itself keeps its reference, to its new name', () =>
  onDisk(soundPlatform, async (folder) => {
    const [platform] = (await loadPlatforms(folder)).platforms
    assert.ok(platform)
    const whole = bouquet({ platform, apis: platform.apis, server: '/', security })
    assert.deepEqual([...referencesIn(whole)], ['#/components/schemas/books.1.Book'])
    assert.deepEqual(Object.keys(whole.paths as JsonObject), ['/house/books/v1/books', '/house/books/v1/books/{id}'])
    assert.deepEqual(at(whole, '#/components/schemas/books.1.Book/properties/sequel'), {
      $ref: '#/components/schemas/books.1.Book',
    })
  }))

function referencesIn(value: Json | undefined, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, child] of Object.entries(value))
    if (key === '$ref' && typeof child === 'string') found.add(child)
    else referencesIn(child, found)
  return found
}

function at(root: Json, reference: string): Json | undefined {
  let node: Json | undefined = root
  for (const step of reference.split('/').slice(1))
    node = typeof node === 'object' && node !== null ? (node as JsonObject)[step] : undefined
  return node
}
