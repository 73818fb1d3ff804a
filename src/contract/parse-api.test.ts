import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonSchemas } from './json-schemas.js'
import { loadPlatforms } from './load-platforms.js'
import { parseApi } from './parse-api.js'
import { onDisk, soundPlatform } from './platform-on-disk.js'

const [platform] = await onDisk(soundPlatform, async (folder) => (await loadPlatforms(folder)).platforms)
assert.ok(platform)
const document = { file: 'openapi.yaml', text: soundPlatform['house/apis/books/1/openapi.yaml'] }
const value = {
  code: 'library',
  version: '1',
  scopes: { required: ['api_library'] },
  introspection: ['cli_provider'],
  upstreams: { production: [{ url: 'https://l.example' }] },
}
const settings = { file: 'command line', value }

describe('what is sent to be published', () => {
  it('becomes a version of the platform', async () => {
    const { api, mistakes } = await parseApi({ platform, document, settings })
    assert.deepEqual(mistakes, [])
    assert.equal(api?.id, 'house/library/1')
    assert.equal(api?.realm, 'people')
    assert.deepEqual(api?.introspection, ['cli_provider'])
    assert.deepEqual(api?.source, { kind: 'store' })
    assert.deepEqual(api?.scopes.sandbox, ['api_testlibrary'])
    assert.ok(Object.isFrozen(api?.operations))
  })

  it('is refused with places in the document and without in the settings', async () => {
    const text = document.text
      .replace('pages: 120', 'pages: many')
      .replace('"#/components/schemas/Book" } }\n', '"#/x" } }\n')
    const wrong = { ...value, code: 'Library', quotas: [{ key: 'api', limit: -1, periodSeconds: 1 }] }
    const { api, mistakes } = await parseApi({
      platform,
      document: { ...document, text },
      settings: { ...settings, value: wrong },
    })
    assert.equal(api, null)
    assert.deepEqual(
      mistakes.map(({ file, line }) => `${file}:${line}`),
      ['command line:0', 'command line:0', 'openapi.yaml:14'],
    )
  })

  it('is held against its schemas, unless that was done before', async () => {
    const broken = { ...document, text: document.text.replace('pages: 120', 'pages: many') }
    assert.equal((await parseApi({ platform, document: broken, settings })).mistakes.length, 1)
    assert.equal((await parseApi({ platform, document: broken, settings, published: true })).mistakes.length, 0)
  })

  it('a type that is none is one mistake, with the type that was meant, wherever the schema stands', async () => {
    for (const [word, meant] of [
      ['strng', 'string'],
      ['bolean', 'boolean'],
    ] as const)
      for (const found of document.text.matchAll(/type: (string|integer)/g)) {
        const at = found.index + 'type: '.length
        const text = document.text.slice(0, at) + word + document.text.slice(found.index + found[0].length)
        const { mistakes } = await parseApi({ platform, document: { ...document, text }, settings })
        assert.equal(mistakes.length, 1, JSON.stringify(mistakes))
        assert.match(mistakes[0]?.reason ?? '', new RegExp(`"${word}". Did you mean "${meant}"`))
      }
  })

  for (const text of [
    '',
    'null',
    '[]',
    '3',
    '"x"',
    '{}',
    'openapi: 3.1.0',
    'openapi: 3.1.0\npaths: []',
    'openapi: 3.1.0\npaths: { /a: 3 }',
    '\u0000',
    'openapi: 3.1.0\npaths: { /a: { get: [] } }',
    'openapi: 3.1.0\ninfo: { title: a }\npaths: { /a: { get: { responses: { 200: { content: 3 } } } } }',
  ]) {
    it(`nonsense is a mistake, never an exception: ${JSON.stringify(text)}`, async () => {
      const { api, mistakes } = await parseApi({ platform, document: { file: 'x', text }, settings })
      assert.equal(api, null)
      assert.ok(mistakes.length > 0)
    })
  }
})

describe('the patterns of a document', () => {
  const parsed = async (pattern: string, example: string) => {
    const text = `openapi: 3.1.0
info: { title: Words, version: "1" }
paths:
  /words:
    get:
      parameters:
        - name: word
          in: query
          schema:
            type: string
            pattern: ${JSON.stringify(pattern)}
            example: ${JSON.stringify(example)}
      responses: { "200": { description: "Words." } }
`
    const { mistakes } = await parseApi({ platform, document: { file: 'openapi.yaml', text }, settings })
    return mistakes.map(({ line, reason }) => `${line}: ${reason}`)
  }

  it('that would freeze a backtracking engine on the example are answered', async () => {
    for (const pattern of ['^(a|a)*$', '^(a+)+$'])
      assert.match((await parsed(pattern, `${'a'.repeat(40)}!`)).join(), /^12: .*must match pattern/)
    assert.deepEqual(await parsed('^(a|a)*$', 'a'.repeat(40)), [])
  })

  it('that cannot be matched in linear time are mistakes at their line', async () => {
    assert.match((await parsed('^(?=a)b$', 'b')).join(), /^11: the pattern cannot be used: look-around/)
    assert.match((await parsed('^(a)\\1$', 'aa')).join(), /^11: the pattern cannot be used: the back-reference/)
    assert.match((await parsed('^[', 'b')).join(), /^11: /)
  })

  it('that cost too much on the example are a mistake', async () => {
    assert.match((await parsed('(a{1,100}){1,10}$', 'a'.repeat(100_000))).join(), /patterns take too long/)
  })
})

describe('any document whatsoever', () => {
  const words = [
    'get',
    'parameters',
    'responses',
    '$ref',
    'schema',
    'content',
    '200',
    '/a/{id}',
    'example',
    'x-scope',
    '#/paths',
    '#/a/b',
  ]
  const { value: anything } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 3, '', ...words),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...words), tie('value'), { maxKeys: 4 }),
    ),
  }))

  it('is read or told as mistakes, at the start and in depth', async () => {
    const tried = fc.asyncProperty(anything, anything, async (paths, components) => {
      const info = { title: 'Any', version: '1' }
      const root = { openapi: '3.1.0', info, paths: { '/a/{id}': paths }, components: { schemas: components } }
      const { api, mistakes } = await parseApi({
        platform,
        document: { file: 'x', text: JSON.stringify(root) },
        settings,
      })
      assert.equal(api === null, mistakes.length > 0)
      for (const { line, column } of mistakes) assert.ok(line >= 1 && column >= 1)
    })
    await fc.assert(tried, { numRuns: 150 })
  })
})

describe('JSON Schemas of the files', () => {
  it('are made from the shapes that check them', () => {
    const schemas = jsonSchemas()
    assert.ok(schemas['platform.yaml'].properties?.dialect)
    assert.deepEqual(schemas['api.yaml'].required, ['code', 'version', 'upstreams'])
    assert.equal(schemas['sandbox/*.yaml'].additionalProperties, false)
  })
})
