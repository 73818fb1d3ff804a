import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { JsonObject } from '../json.js'
import { shapeCompiler } from './compile-shape.js'
import { cutter } from './cut.js'
import { fieldNames } from './field-names.js'
import { bodyOf, contracts, schemaOf, scopeSet } from './model.fixture.js'
import { project } from './project.js'
import type { Shape } from './shape.js'

const compiled = (schema: JsonObject): Shape => shapeCompiler({}).shape({ schema, at: [] })

/** What cutting gives, which must be what projecting the parsed text gives; null where it stands back. */
function cutAsProjected(shape: Shape, text: string, held: ReadonlySet<string>): string | null {
  const names: string[] = []
  const bytes = cutter(shape)(Buffer.from(text), held, names)
  const cut = bytes === null ? null : Buffer.from(bytes, 'latin1').toString('utf8')
  if (cut === null) return null
  const outcome = project(shape, JSON.parse(text), held)
  if ('misfit' in outcome) assert.fail(`${outcome.misfit}, and yet cut: ${text}`)
  const seen = JSON.parse(JSON.stringify(outcome.body))
  assert.deepEqual(JSON.parse(cut), seen)
  assert.deepEqual(names.sort(), [...fieldNames(shape)(seen)].sort())
  assert.equal(cutter(shape)(Buffer.from(text), held, null), bytes)
  return cut
}

const call = contracts.chain((contract) =>
  fc.record({
    contract: fc.constant(contract),
    body: bodyOf(contract),
    held: scopeSet,
    space: fc.constantFrom(0, 1, '\t'),
  }),
)

describe('cutting a body', () => {
  it('gives what projecting it gives, or stands back, for any contract, body and scopes', () => {
    let cuts = 0
    fc.assert(
      fc.property(call, ({ contract, body, held, space }) => {
        if (cutAsProjected(compiled(schemaOf(contract)), JSON.stringify(body, null, space), held) !== null) cuts += 1
      }),
      { numRuns: 1_000 },
    )
    assert.ok(cuts > 100, `only ${cuts} were cut`)
  })

  it('takes no text that is no JSON, nor one that says something else, however it was changed', () => {
    const change = fc.record({
      at: fc.nat(),
      text: fc.constantFrom(...'{}[]",:\\0-1.eE tn\u0000\u0001é\ufeff', ...longer, ''),
      cut: fc.nat({ max: 2 }),
    })
    fc.assert(
      fc.property(
        call,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        ({ contract, body, held, space }, changes) => {
          let text = JSON.stringify(body, null, space)
          for (const { at, text: put, cut } of changes) {
            const place = at % (text.length + 1)
            text = text.slice(0, place) + put + text.slice(place + cut)
          }
          cutAsProjected(compiled(schemaOf(contract)), text, held)
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('takes no text that ends early, whatever was read before it', () => {
    fc.assert(
      fc.property(call, ({ contract, body, held, space }) => {
        const shape = compiled(schemaOf(contract))
        const text = JSON.stringify(body, null, space)
        for (let end = 0; end < text.length; end += 1) {
          cutAsProjected(shape, text, held)
          cutAsProjected(shape, text.slice(0, end), held)
        }
      }),
      { numRuns: 10 },
    )
  })
})

/** Names once more, and names in disguise. */
const longer = [
  '"nom":null,',
  '"\\u006eom":1,',
  '"no\\m":1,',
  ' "nom" : "x" ,',
  ',"tag":"red"',
  '\\"',
  '"',
  '[[]]',
  '{"nom":',
  '1e40',
]

const shape = compiled({
  type: 'object',
  required: ['a'],
  properties: {
    a: { type: 'integer' },
    b: { type: ['string', 'null'], 'x-scope': 'b' },
    c: {
      type: 'array',
      items: { type: 'object', properties: { d: { type: 'number' }, e: { type: 'boolean', 'x-scope': 'e' } } },
    },
    f: { type: 'array', items: { type: 'string', 'x-scope': 'f' } },
    g: { type: 'object', additionalProperties: true, 'x-scope': 'g' },
    h: { type: 'object' },
    é: { type: 'string' },
    w: true,
  },
})

const cuts: readonly (readonly [text: string, scopes: string, seen: string])[] = [
  ['{"a":1}', '', '{"a":1}'],
  ['{"b":"x","a":1}', '', '{"a":1}'],
  ['{"a":1,"b":"x"}', '', '{"a":1}'],
  ['{"z":[{}],"a":1,"b":"x","f":["y"],"y":{"a":2},"é":"ü"}', '', '{"a":1,"f":[],"é":"ü"}'],
  ['{"z":1,"y":2,"a":1}', '', '{"a":1}'],
  ['{"a":1,"b":null,"c":[]}', 'b', '{"a":1,"b":null,"c":[]}'],
  [' { "a" : 1 , "b" : "x" , "é" : "y" } \n', '', '{ "a" : 1 , "é" : "y" }'],
  [' { "b" : "x" , "a" : 1 , "z": 1 } \n', '', '{ "a" : 1 }'],
  ['{"a":1,"c":[{"d":1.5,"e":true},{"e":false},{"x":0,"d":2}]}', '', '{"a":1,"c":[{"d":1.5},{},{"d":2}]}'],
  ['{"a":1,"f":["]",",","\\""]}', 'f', '{"a":1,"f":["]",",","\\""]}'],
  ['{"a":1,"h":{"i":{"j":[]}}}', '', '{"a":1,"h":{}}'],
  ['null', '', 'null'],
  ...['{"MARTIN":[1]}', '{ }', '[{"x":1}]', '[\n]', '1e40', '""'].map((free) => {
    const text = `{"a":1,"w":${free}}`
    return [text, '', text] as const
  }),
  ['{"a":null,"h":null}', '', '{"a":null,"h":null}'],
]
for (const [text, scopes, seen] of cuts)
  it(`cut: ${text}, holding "${scopes}"`, () =>
    assert.equal(cutAsProjected(shape, text, new Set(scopes.split(' '))), seen))

/** Sound or not, these are for `project` to see or refuse. */
const left = [
  ...['', ' ', '{', '{"a":1', '{"a":1}}', '{"a":1,}', '{,"a":1}', '{"a":1 "b":2}', '{"a"}', '{a:1}', '\ufeff{"a":1}'],
  ...[
    '{}',
    '{"b":"x"}',
    '[]',
    '1',
    '{"a":"1"}',
    '{"a":1.0}',
    '{"a":1e2}',
    '{"a":-0}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
  ],
  ...['{"a":1,"a":2}', '{"\\u0061":1,"a":2}', '{"a":1,"\\u0062":"x"}', '{"a":1,"é":"\u0001"}', '{"a":1,"é":"\\x"}'],
  ...[
    '{"a":1,"é":"\\u12g4"}',
    '{"a":1,"b":"x\\"}',
    '{"a":1,"z":tru}',
    '{"a":1,"z":[1,]}',
    '{"a":1,"z":{"y"}}',
    '{"a":1,"z":1.}',
  ],
  ...['{"a":9007199254740993}', '{"a":1,"c":{}}', '{"a":1,"c":[1]}', '{"a":1,"h":[]}'],
  `{"a":1,"z":${'['.repeat(200)}${']'.repeat(200)}}`,
]
it('a body that is larger than what is cut is left', () => {
  const text = (bytes: number) => `{"a":1,"é":"${'x'.repeat(bytes - 15)}"}`
  assert.equal(Buffer.from(text(2_097_152)).length, 2_097_152)
  assert.equal(cutter(shape)(Buffer.from(text(2_097_152)), new Set(), null)?.length, 2_097_152)
  assert.equal(cutter(shape)(Buffer.from(text(2_097_153)), new Set(), null), null)
})

it('names of the fields let out: each once, also after a body that was left', () => {
  const named = (text: string, scope: string) => {
    const names: string[] = []
    assert.notEqual(cutter(shape)(Buffer.from(text), new Set([scope]), names), null)
    return names.join()
  }
  const cut = cutter(shape)
  const names: string[] = []
  assert.equal(cut(Buffer.from('{"a":1,"c":[{"d":1},2]}'), new Set(), names), null)
  assert.deepEqual(names, [])
  assert.notEqual(cut(Buffer.from('{"a":1,"c":[{"d":1},{"d":2}],"h":{"x":1}}'), new Set(), names), null)
  assert.deepEqual(names, ['a', 'c[].d', 'h'])
  assert.equal(named('{"a":1,"b":"x","c":[],"f":["x"]}', ''), 'a,c,f')
  assert.equal(named('{"a":1,"f":["x"],"w":{"MARTIN":1}}', 'f'), 'a,f[],w.*')
  assert.equal(named('null', ''), '*')
})

for (const text of left)
  it(`left: ${text.slice(0, 40)}`, () => assert.equal(cutter(shape)(Buffer.from(text), new Set(), null), null))

it('a contract whose answer takes more than a look at names is left', () => {
  const schemas: readonly JsonObject[] = [
    { type: 'object', 'x-scope': 'a', properties: {} },
    { type: 'object', properties: { a: { oneOf: [{ type: 'string' }, { type: 'integer' }] } } },
    { type: 'object', additionalProperties: { type: 'string', 'x-scope': 'b' } },
    { type: 'array', items: { type: 'object' }, 'x-population': [{ scope: 'a', where: { property: 'b', equals: 1 } }] },
    { type: 'object', properties: { 'a":1,"b': { type: 'string' } } },
    { type: 'object', properties: Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`p${at}`, {}])) },
  ]
  for (const schema of schemas) {
    const text = schema.type === 'array' ? '[]' : '{}'
    assert.equal(cutter(compiled(schema))(Buffer.from(text), new Set(), null), null, JSON.stringify(schema))
  }
})
