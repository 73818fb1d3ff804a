import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject } from '../json.js'
import { shapeCompiler } from './compile-shape.js'
import { project } from './project.js'

const text = { type: 'string' }

describe('a projected body', () => {
  it('keeps the order of the body and drops what is not declared', () => {
    const schema = { type: 'object', properties: { a: text, b: text } }
    assert.equal(JSON.stringify(see(schema, { b: '1', secret: '2', a: '3' })), '{"b":"1","a":"3"}')
  })

  it('obeys the rules of a reference and of what stands beside it', () => {
    const root = {
      components: {
        schemas: {
          Person: { type: 'object', properties: { name: { ...text, 'x-scope': 'name' }, age: { type: 'integer' } } },
        },
      },
    }
    const schema = {
      type: 'object',
      properties: { person: { $ref: '#/components/schemas/Person', 'x-scope': 'person' } },
    }
    const body = { person: { name: 'Ada', age: 3 } }
    assert.deepEqual(see(schema, body, ['name'], root), {})
    assert.deepEqual(see(schema, body, ['person'], root), { person: { age: 3 } })
    assert.deepEqual(see(schema, body, ['person', 'name'], root), body)
  })

  it('follows a schema that contains itself', () => {
    const root = {
      components: {
        schemas: {
          Tree: {
            type: 'object',
            properties: {
              leaf: { ...text, 'x-scope': 's' },
              kids: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
            },
          },
        },
      },
    }
    const body = { leaf: 'a', kids: [{ leaf: 'b', kids: [] }] }
    assert.deepEqual(see({ $ref: '#/components/schemas/Tree' }, body, [], root), { kids: [{ kids: [] }] })
    let deep: Json = { kids: [] }
    for (let level = 0; level < 5_000; level += 1) deep = { kids: [deep] }
    assert.match(misfit({ $ref: '#/components/schemas/Tree' }, deep, root), /too deeply/)
  })

  it('opens each part of an allOf by its own rule', () => {
    const part = (name: string) => ({ type: 'object', properties: { [name]: text }, 'x-scope': name })
    const schema = { allOf: [part('a'), part('b')] }
    assert.deepEqual(see(schema, { a: '1', b: '2' }, ['a']), { a: '1' })
    assert.deepEqual(see(schema, { a: '1', b: '2' }, []), {})
  })

  it('chooses an alternative by mapping, by constant and by component name', () => {
    const branch = (field: string) => ({ type: 'object', properties: { kind: text, [field]: text } })
    const root = { components: { schemas: { Cat: branch('claws'), Dog: branch('bark') } } }
    const oneOf = [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
    const named = { oneOf, discriminator: { propertyName: 'kind' } }
    assert.deepEqual(see(named, { kind: 'Dog', bark: 'w', claws: 'x' }, [], root), { kind: 'Dog', bark: 'w' })
    const mapping = { c: '#/components/schemas/Cat', d: 'Dog' }
    const mapped = { oneOf, discriminator: { propertyName: 'kind', mapping } }
    assert.deepEqual(see(mapped, { kind: 'c', bark: 'w', claws: 'x' }, [], root), { kind: 'c', claws: 'x' })
    assert.match(misfit(mapped, { kind: 'Dog' }, root), /"kind" names none/)
    assert.match(misfit(mapped, {}, root), /"kind" names none/)
  })

  it('lets null pass, and a list or an object where either is allowed', () => {
    const schema = {
      oneOf: [
        { type: 'null' },
        { type: 'array', items: text },
        { type: 'object', properties: { a: text } },
        { type: 'integer' },
      ],
    }
    for (const body of [null, ['x'], { a: 'x' }, 3]) assert.deepEqual(see(schema, body), body)
    assert.match(misfit(schema, 'text'), /another type/)
    assert.match(misfit(schema, 3.5), /fits no alternative/)
  })

  it('lets a scalar out that fits several alternatives where each of them is open', () => {
    const schema = {
      oneOf: [{ type: 'integer', 'x-scope': 'whole' }, { type: 'number', 'x-scope': 'any' }, text],
    }
    for (const held of [[], ['whole'], ['any']]) assert.deepEqual(see(schema, 7, held), null)
    assert.deepEqual(see(schema, 7, ['whole', 'any']), 7)
    assert.deepEqual(see(schema, 0.5, ['any']), 0.5, 'which is no whole number')
    assert.deepEqual(see(schema, 0.5, ['whole']), null)
    assert.deepEqual(see(schema, 'x'), 'x')
  })

  it('lets the items of a population out, by scope', () => {
    const schema = {
      type: 'array',
      'x-population': [
        {
          scope: 'initial',
          where: [
            { property: 'regime.code', in: ['RF1', 'RF2'] },
            { property: 'inscrit', equals: true },
          ],
        },
        { scope: { allOf: ['other', 'more'] }, where: { property: 'inscrit', equals: false } },
      ],
      items: {
        type: 'object',
        properties: { inscrit: { type: 'boolean' }, regime: { type: 'object', properties: { code: text } } },
      },
    }
    const one = { inscrit: true, regime: { code: 'RF1' } }
    const two = { inscrit: false, regime: { code: 'RF1' } }
    const three = { inscrit: true, regime: { code: 'RF7' } }
    assert.deepEqual(see(schema, [one, two, three], ['initial']), [one])
    assert.deepEqual(see(schema, [one, two, three], ['other']), [])
    assert.deepEqual(see(schema, [one, two, three], ['other', 'more', 'initial']), [one, two])
    assert.deepEqual(see(schema, [null, { regime: null }], ['other', 'more']), [])
  })

  it('empties what no schema describes, unless the contract says that anything may stand there', () => {
    const schema = {
      type: 'object',
      properties: { any: {}, free: { type: 'object', additionalProperties: true }, list: { type: 'array' } },
    }
    const body = { any: { a: 1 }, free: { a: { b: 1 } }, list: [{ a: 1 }, [[{ b: 1 }]]] }
    assert.deepEqual(see(schema, body), { any: {}, free: { a: { b: 1 } }, list: [{}, [[{}]]] })
  })

  it('is empty where its root is closed', () => {
    assert.deepEqual(see({ type: 'object', 'x-scope': 's', properties: { a: text } }, { a: '1' }), {})
    assert.deepEqual(see({ type: 'array', 'x-scope': 's', items: text }, ['1']), [])
    assert.deepEqual(see({ type: 'string', 'x-scope': 's' }, 'a'), null)
  })

  it('hides what stands under a rule that is not understood', () => {
    assert.deepEqual(
      see({ type: 'object', properties: { a: { ...text, 'x-scope': { any: ['a'] } } } }, { a: '1' }, ['a']),
      {},
    )
  })
})

describe('a body that breaks its contract', () => {
  const schema = {
    type: 'object',
    required: ['id', 'own'],
    properties: { id: text, own: { ...text, 'x-scope': 's' }, list: { type: 'array', items: text } },
  }
  const cases: readonly [Json, RegExp][] = [
    ['text', /another type/],
    [[], /another type/],
    [{}, /"id" is missing/],
    [{ id: 3 }, /another type \(#\/properties\/id\)/],
    [{ id: 'a', list: {} }, /another type/],
    [{ id: 'a', list: ['a', { secret: 1 }] }, /another type/],
  ]
  for (const [body, reason] of cases)
    it(`is told: ${JSON.stringify(body)}`, () => assert.match(misfit(schema, body), reason))

  it('is not told for what the caller may not see', () => {
    assert.deepEqual(see(schema, { id: 'a' }), { id: 'a' })
    assert.deepEqual(see(schema, { id: 'a', own: 3 }), { id: 'a' })
  })
})

function outcome(schema: JsonObject, body: Json, held: readonly string[], root: JsonObject) {
  return project(shapeCompiler(root).shape({ schema, at: [] }), body, new Set(held))
}

function see(schema: JsonObject, body: Json, held: readonly string[] = [], root: JsonObject = {}): Json {
  const seen = outcome(schema, body, held, root)
  return 'body' in seen ? seen.body : assert.fail(seen.misfit)
}

function misfit(schema: JsonObject, body: Json, root: JsonObject = {}): string {
  const seen = outcome(schema, body, [], root)
  return 'misfit' in seen ? seen.misfit : assert.fail(`fits: ${JSON.stringify(seen.body)}`)
}
