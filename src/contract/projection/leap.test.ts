import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../json.js'
import { shapeCompiler } from './compile-shape.js'
import { cutter } from './cut.js'
import { leapsLater } from './leap.js'
import { contracts, schemaOf, scopeSet } from './model.fixture.js'
import { gap } from './pattern.js'
import { kinds, type Shape } from './shape.js'
import { viewOf } from './view.js'

const compiled = (schema: JsonObject): Shape => shapeCompiler({}).shape({ schema, at: [] })

/** What a provider writes that has every field: in the contract's order, without blanks. */
function fullValue({ accepts, integer, whole, object, array }: Shape, levels: number): fc.Arbitrary<Json> {
  if ((accepts & kinds.object) !== 0 && object !== null && levels > 0)
    return fc
      .tuple(...[...object.properties.values()].map(({ shape }) => fullValue(shape, levels - 1)))
      .map((values) =>
        Object.fromEntries([...object.properties.keys()].map((name, index) => [name, values[index] ?? null])),
      )
  if ((accepts & kinds.array) !== 0 && array !== null && levels > 0)
    return fc.array(fullValue(array.items, levels - 1), { minLength: 1, maxLength: 3 })
  if (whole) return fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)))
  if ((accepts & kinds.string) !== 0) return fc.oneof(fc.string(), fc.constantFrom('"', 'é\\', '\n', '\u{1f600}', ''))
  if ((accepts & kinds.number) !== 0)
    return integer ? fc.integer() : fc.oneof(fc.integer(), fc.constantFrom(0, 0.5, -1.25, 1e21))
  if ((accepts & kinds.boolean) !== 0) return fc.boolean()
  return fc.constantFrom(null, {}, [])
}

/** Names and all, as they were found by looking: leaps must find the same. */
function lookedAt(shape: Shape, bytes: Buffer, held: ReadonlySet<string>) {
  const names: string[] = []
  const text = cutter(shape)(bytes, held, names)
  return { text, names }
}

/** Each time the same, before leaps and with them; with names, and when nobody asks for them. */
function cutsTheSame(shape: Shape, texts: readonly string[], held: ReadonlySet<string>): void {
  const [named, nameless] = [cutter(shape), cutter(shape)]
  for (const text of [...Array(leapsLater + 2).fill(texts[0]), ...texts]) {
    const bytes = Buffer.from(text)
    const looked = lookedAt(shape, bytes, held)
    const names: string[] = []
    assert.equal(named(bytes, held, names), looked.text)
    assert.deepEqual(names, looked.names)
    assert.equal(nameless(bytes, held, null), looked.text)
  }
}

const written = contracts.chain((contract) => {
  const shape = compiled(schemaOf(contract))
  const text = fc
    .record({ body: fullValue(shape, 6), style: fc.constantFrom(...styles) })
    .map(({ body, style }) => style(body))
  return fc.record({ shape: fc.constant(shape), text, held: scopeSet })
})

/** As programs write JSON. */
const styles: readonly ((body: Json) => string)[] = [
  (body) => JSON.stringify(body),
  (body) => JSON.stringify(body, null, '\t'),
  (body) => JSON.stringify(body, null, 1).replace(/\n */g, ' '),
]

describe('leaping over what has the form of nearly all', () => {
  it('says what looking at each byte says, for any contract, full body and scopes', () => {
    let leapt = 0
    fc.assert(
      fc.property(written, ({ shape, text, held }) => {
        cutsTheSame(shape, [text], held)
        const leap = viewOf(shape, held, true)?.leap
        for (let time = 0; time <= leapsLater + 1 && leap !== null; time += 1)
          if (leap?.over(Buffer.from(text).toString('latin1'), 0)) leapt += 1
      }),
      { numRuns: 500 },
    )
    assert.ok(leapt > 25, `only ${leapt} were leapt over`)
  })

  it('and for what is nearly of that form', () => {
    const change = fc.record({
      at: fc.nat(),
      put: fc.constantFrom(
        ...'{}[]",:\\0-1.eE\n é',
        '',
        '"x":1,',
        ',"x":[{"y":[1]}]',
        'null',
        '\\u00e9',
        '-0',
        '{}',
        '[]',
      ),
      cut: fc.nat({ max: 2 }),
    })
    fc.assert(
      fc.property(written, fc.array(change, { minLength: 1, maxLength: 8 }), ({ shape, text, held }, changes) => {
        const changed = changes.map(({ at, put, cut }) => {
          const place = at % (text.length + 1)
          return text.slice(0, place) + put + text.slice(place + cut)
        })
        cutsTheSame(shape, [text, ...changed], held)
      }),
      { numRuns: 500 },
    )
  })
})

const text = { type: ['string', 'null'] }
const shape = compiled({
  type: 'object',
  properties: {
    first: { ...text, 'x-scope': 'a' },
    name: text,
    count: { type: 'integer' },
    list: {
      type: 'array',
      items: { type: 'object', properties: { id: text, price: { type: 'number' } } },
      'x-scope': 'b',
    },
    inner: { type: 'object', properties: { all: { ...text, 'x-scope': 'c' }, hidden: { ...text, 'x-scope': 'c' } } },
    codes: { type: 'array', items: { ...text, 'x-scope': 'c' } },
    last: { ...text, 'x-scope': 'd' },
  },
})
const body =
  '{"first":"f","name":"é \\" \\u00e9","count":12,"list":[{"id":"1","price":0.5},{"id":null,"price":-3}],"inner":{"all":"x","hidden":null},"codes":["y"],"last":"l"}'
const views: readonly (readonly [scopes: string, seen: string])[] = [
  ['a b c d', body],
  ['', '{"name":"é \\" \\u00e9","count":12,"inner":{},"codes":[]}'],
  ['a d', '{"first":"f","name":"é \\" \\u00e9","count":12,"inner":{},"codes":[],"last":"l"}'],
  [
    'b',
    '{"name":"é \\" \\u00e9","count":12,"list":[{"id":"1","price":0.5},{"id":null,"price":-3}],"inner":{},"codes":[]}',
  ],
]

for (const [scopes, seen] of views)
  it(`shows in one leap what "${scopes}" may see`, () => {
    const leap = viewOf(shape, new Set(scopes.split(' ')), true)?.leap
    const told = Buffer.from(body).toString('latin1')
    for (let time = 0; time < leapsLater; time += 1) assert.equal(leap?.over(told, 0), null)
    const shown = leap?.over(told, 0)
    assert.ok(shown)
    assert.equal(leap?.end, told.length)
    assert.equal(Buffer.from(shown.slice(1).join(''), 'latin1').toString() || body, seen)
    cutsTheSame(shape, [body], new Set(scopes.split(' ')))
  })

/** Of the body, and what is put in its place, sound or not. */
const others: readonly (readonly [part: string, instead: string])[] = [
  ...['9007199254740993', '-0', '012', '1.0', '1e2', '', '+1', '"12"', '12,', '12 '].map((put) => ['12', put] as const),
  ...['0.5e1', '.5', '0.', '0.1234567890123456', '-0.5'].map((put) => ['0.5', put] as const),
  ...['"\u0001"', '"\\x"', '"\\u00g0"', '"', "'y'"].map((put) => ['"l"', put] as const),
  ...['["y",]', '["y""y"]', '[,"y"]', '["y"', '["y"]]', '[y]', '["y",["y",[["y"]]]]'].map(
    (put) => ['["y"]', put] as const,
  ),
  ...['{"all":"x",}', '{"all"}', '{,}', '{"all":"x""hidden":1}', '{all:1}', '{"all":01}'].map(
    (put) => ['{"all":"x","hidden":null}', put] as const,
  ),
  ...['"codes":null', '"codes":["y"],"codes":["y"]', '"coded":["y"]', '"c\\u006fdes":["y"]'].map(
    (put) => ['"codes":["y"]', put] as const,
  ),
]

for (const scopes of ['a b c d', 'a d', ''])
  for (const [part, instead] of others)
    it(`says the same, leaping or not, of ${instead} in place of ${part}, holding "${scopes}"`, () => {
      const held = new Set(scopes.split(' '))
      const text = body.replace(part, () => instead)
      cutsTheSame(shape, [body, text], held)
    })

describe('a text that does not fit is given up', () => {
  const hidden = { type: 'object', properties: { s: { ...text, 'x-scope': 'z' } } }
  const schema = {
    o0: hidden,
    o1: hidden,
    o2: hidden,
    list: { type: 'array', items: text },
    h: { ...hidden, 'x-scope': 'z' },
    last: text,
  }
  const view = viewOf(compiled({ type: 'object', properties: schema }), new Set(), true)
  const form = new RegExp(`(${view?.pattern?.source.replaceAll(gap, '[ \\n\\r\\t]*')})`, 'y')
  const bodyOf = (part: string, more: string, last: string) =>
    '{"o0":{"s":"x"},"o1":{"s":"x"},"o2":{"s":"x"},"list":["y"],"h":{"s":"x"},"last":?}'
      .replaceAll(part, () => `${part}${more}`)
      .replace('?', last)
  const fits = (told: string) => {
    form.lastIndex = 0
    return form.test(told)
  }
  const millisecondsOf = (told: string) => {
    const times = Array.from({ length: 5 }, () => {
      const from = performance.now()
      assert.equal(fits(told), false)
      return performance.now() - from
    })
    return Math.min(...times)
  }
  const cases = [
    ...[':', ',', '{', '[', '"y"', '"x"', ',"last":'].map((part) => [part, ' '] as const),
    ...([
      ['["y"', ',"y"'],
      ['"h":{"s":"x"', ',"t":1'],
      ['"o0":{', '"u":{"v":1},'],
      ['"y', 'y\\n'],
      ['"s":"x', '\\u00e9'],
    ] as const),
  ] as const
  for (const [part, more] of cases)
    it(`in time that grows with its length alone: ${more} behind ${part}`, () => {
      const [short, long] = [60, 960].map((times) => {
        assert.ok(fits(bodyOf(part, more.repeat(times), 'null')))
        return millisecondsOf(bodyOf(part, more.repeat(times), '1'))
      })
      assert.ok(short !== undefined && long !== undefined)
      // Sixteen times the length; twice as steep as that would be 256 times.
      assert.ok(long < 90 * Math.max(short, 0.005), `${short} ms, then ${long} ms`)
    })
})

it('a contract that holds itself, as a list or an object, is looked at', () => {
  const inner = { $ref: '#/components/schemas/S' }
  const S = {
    type: ['object', 'array'],
    properties: { a: text },
    items: { type: 'object', properties: { b: inner, c: inner } },
  }
  const shape = shapeCompiler({ components: { schemas: { S } } }).shape({
    schema: { type: 'object', properties: { x: text, y: S } },
    at: [],
  })
  cutsTheSame(
    shape,
    ['{"x":"1","y":[{"b":[{"b":{"a":"q"}}],"c":{"a":"r"}}]}', '{}', '{"x":"1","y":{"a":"q"}}'],
    new Set(),
  )
})

it('what is nested deeper than anything is read is not leapt over either', () => {
  let schema: JsonObject = { type: 'string' }
  let body = '"x"'
  for (let level = 0; level < 120; level += 1) {
    schema = { type: 'object', properties: { a: schema } }
    body = `{"a":${body}}`
  }
  const cut = cutter(compiled(schema))
  for (let time = 0; time < leapsLater + 3; time += 1) assert.equal(cut(Buffer.from(body), new Set(), null), null)
})

it('a form that does not come is tried less and less often, and each time again once it came', () => {
  const leap = viewOf(shape, new Set(), true)?.leap
  const told = Buffer.from(body).toString('latin1')
  for (let time = 0; time < 10_000; time += 1) assert.equal(leap?.over('{"name":1}', 0), null)
  let looked = 0
  while (leap?.over(told, 0) === null) looked += 1
  assert.ok(looked <= 256, `${looked} were looked at before the next try`)
  for (let time = 0; time < 100; time += 1) assert.ok(leap?.over(told, 0))
})

it('scopes beyond the first ways to hold them are served without', () => {
  assert.equal(viewOf(shape, new Set(['a']), false)?.leap, null)
})
