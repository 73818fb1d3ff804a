import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import type { Mistake } from '../mistake.js'
import { parseApi } from '../parse-api.js'
import { onDisk, soundPlatform } from '../platform-on-disk.js'

const head = `openapi: 3.1.0
info: { title: Dossiers, version: 1.0.0 }
paths:
  /dossiers:
    get:
      operationId: listDossiers
      responses:
        "200":
          description: Dossiers
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Answer" }
        "404":
          description: None
          content: { application/json: { schema: { type: object, properties: { error: { type: string } } } } }
components:
  schemas:
    Answer:
`
/** The schema stands at line 19 and after. */
const mistakesOf = (schema: string, personalData: boolean, scopes: object = {}) =>
  told(mistakesIn(head + schema, personalData, scopes))

const told = async (mistakes: Promise<readonly Mistake[]>) =>
  (await mistakes).map(({ file, line, reason }) => `${file}:${line} ${reason}`)

async function mistakesIn(text: string, personalData: boolean, scopes: object = {}) {
  return onDisk(soundPlatform, async (folder) => {
    const { platforms } = await loadPlatforms(folder)
    const [platform] = platforms
    if (platform === undefined) return assert.fail('no platform')
    const settings = {
      code: 'dossiers',
      scopes,
      version: '1',
      upstreams: { production: 'sandbox' },
      access: { personal_data: personalData },
    }
    const { mistakes } = await parseApi({
      platform,
      document: { file: 'openapi.yaml', text },
      settings: { file: 'api.yaml', value: settings },
    })
    return mistakes
  })
}

describe('an API of personal data', () => {
  it('is read when each property is under a rule, its own or one above', async () => {
    const schema = `      type: object
      properties:
        data:
          type: object
          properties:
            identite: { x-scope: identite, type: object, properties: { nom: { type: string } } }
            echelon: { x-scope: { anyOf: [echelon, statut] }, type: string }
            inscriptions:
              type: array
              x-population: [{ scope: initiale, where: { property: statut, equals: inscrit } }]
              items: { type: object, properties: { statut: { type: string }, nom: { type: string, x-scope: nom } } }
        links: { type: object }
`
    assert.deepEqual(await mistakesOf(schema, true), [])
  })

  it('is refused where a property is under none, with its line', async () => {
    const schema = `      type: object
      properties:
        data:
          type: object
          properties:
            nom: { type: string, x-scope: identite }
            email: { type: string }
            telephones:
              type: array
              items: { type: string }
        autres: { type: object, additionalProperties: true }
`
    assert.deepEqual(await mistakesOf(schema, true), [
      'openapi.yaml:25 no scope opens this, in an API of personal data',
      'openapi.yaml:28 no scope opens this, in an API of personal data',
      'openapi.yaml:29 no scope opens this, in an API of personal data',
    ])
    assert.deepEqual(await mistakesOf(schema, false), [])
  })
})

describe('in an API of personal data', () => {
  const json = (schema: string) => `{ description: x, content: { application/json: { schema: ${schema} } } }`
  const plain = json('{ type: object, properties: { nom: { type: string } } }')
  const free = json('{ type: object, additionalProperties: true }')
  const open = 'no scope opens this, in an API of personal data'
  const byDefault = '"default" speaks for what succeeds too, and no scope opens it, in an API of personal data'
  const several = json('{ type: object, properties: { code: { type: string }, detail: { type: string } } }')
  const unbounded = 'an error may say anything here, in an API of personal data'
  for (const [what, responses, told] of [
    ['"default" speaks for what succeeds', { default: plain }, [byDefault]],
    ['so does "default" beside one that succeeds', { '200': '{ description: x }', default: plain }, [byDefault]],
    [
      'of "default" that is told once, whatever it says',
      { default: several, '3XX': '{ description: x }' },
      [byDefault],
    ],
    [
      '"default" is an error where all that succeed are declared',
      { '2XX': '{ description: x }', '3XX': '{ description: x }', default: plain },
      [],
    ],
    ['a redirection may have a body', { '302': plain }, [open]],
    ['an answer without content has none to open', { '200': '{ description: x }' }, []],
    ['an error names what it says', { '404': plain, '5XX': free }, [unbounded]],
  ] as const)
    it(what, async () => {
      const declared = Object.entries(responses).map(([status, response]) => `"${status}": ${response}`)
      const text = head.replace(/responses:[\s\S]*/, `responses: { ${declared.join(', ')} }\n`)
      const mistakes = await mistakesIn(text, true)
      assert.deepEqual(
        mistakes.map(({ reason }) => reason),
        told,
      )
      for (const { reason, mend } of mistakes)
        assert.equal(/^Declare "2XX" and "3XX"/.test(mend), reason === byDefault, mend)
    })
})

describe('an API of personal data that demands a scope of every caller', () => {
  const required = ['dossiers']
  const plain = '      { type: object, properties: { nom: { type: string } } }\n'
  const half = '      { type: object, properties: { nom: { type: string }, age: { type: integer, x-scope: age } } }\n'

  it('needs a rule on every property all the same', async () => {
    const told = ['openapi.yaml:19 no scope opens this, in an API of personal data']
    assert.deepEqual(await mistakesOf(plain, true, { required }), told)
    assert.deepEqual(await mistakesOf(half, true, { required }), told)
  })

  it('is covered by one at the root of its schema, whatever stands beneath', async () => {
    const rooted = `      type: object
      x-scope: dossiers
      properties:
        nom: { type: string }
        adresses: { type: array, items: { type: object, properties: { voie: { type: string } } } }
        autres: { type: object, additionalProperties: true }
`
    assert.deepEqual(await mistakesOf(rooted, true, { required }), [])
    assert.deepEqual(await mistakesOf('      { type: array, x-scope: dossiers, items: {} }\n', true, { required }), [])
  })

  it('needs none where it is said that the scope opens all', async () => {
    assert.deepEqual(await mistakesOf(plain, true, { required, opens_all: true }), [])
    assert.equal((await mistakesOf(half, true, { required, opens_all: true })).length, 1)
    assert.match(
      (await mistakesOf(plain, true, { opens_all: true })).join(),
      /no scope is required that could open all/,
    )
  })
})

describe('a contract that scopes cannot shape', () => {
  const wrong: readonly { readonly kind: string; readonly schema: string; readonly told: RegExp }[] = [
    {
      kind: 'alternatives that nothing tells apart',
      schema:
        '{ x-scope: s, oneOf: [{ type: object, properties: { a: {} } }, { type: object, properties: { b: {} } }] }',
      told: /:19 several alternatives of "oneOf" are objects and nothing tells them apart/,
    },
    {
      kind: 'an alternative without a name',
      schema:
        '{ x-scope: s, discriminator: { propertyName: k }, oneOf: [{ type: object, properties: { k: { const: a } } }, { type: object, properties: { k: { type: string } } }] }',
      told: /no value of the discriminator names this alternative/,
    },
    {
      kind: 'patterns of names',
      schema: '{ x-scope: s, type: object, patternProperties: { "^a": { type: string } } }',
      told: /"patternProperties" cannot be shaped/,
    },
    {
      kind: 'a population that looks at nothing',
      schema:
        '{ type: array, x-population: [{ scope: s, where: { property: b, equals: 1 } }], items: { type: object, properties: { a: {} } } }',
      told: /the population looks at "b", which is not declared/,
    },
    {
      kind: 'a population that looks at what is hidden',
      schema:
        '{ type: array, x-population: [{ scope: s, where: { property: a, equals: 1 } }], items: { type: object, properties: { a: { x-scope: t } } } }',
      told: /the population looks at "a", which has an x-scope of its own/,
    },
    {
      kind: 'a population without a condition',
      schema: '{ type: array, x-population: [{ scope: s, where: [] }], items: { type: object } }',
      told: /"x-population" is not understood/,
    },
  ]
  for (const { kind, schema, told } of wrong)
    it(`is refused: ${kind}`, async () => {
      const mistakes = await mistakesOf(`      ${schema}\n`, false)
      assert.equal(mistakes.length, 1, mistakes.join('\n'))
      assert.match(mistakes[0] ?? '', told)
    })
})
