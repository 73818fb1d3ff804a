import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../json.js'
import { closedSuccess } from './closed.js'
import { shapeCompiler } from './compile-shape.js'
import { bodyOf, contracts, expected, schemaOf, scopeSet, visible } from './model.fixture.js'
import { project } from './project.js'
import type { Shape } from './shape.js'
import { uncovered } from './uncovered.js'

const call = contracts.chain((contract) =>
  fc.record({ contract: fc.constant(contract), body: bodyOf(contract), held: scopeSet }),
)

describe('any contract, any body, any scopes', () => {
  it('give all that the scopes allow, and nothing else', () => {
    fc.assert(
      fc.property(call, ({ contract, body, held }) => {
        assert.deepEqual(seen(compiled(schemaOf(contract)), body, held), expected(contract, body, held))
      }),
      { numRuns: 500 },
    )
  })

  it('give the same when projected twice', () => {
    fc.assert(
      fc.property(call, ({ contract, body, held }) => {
        // What is left of a body of which nothing is seen need not be one of the contract.
        fc.pre(visible(contract, body, held) !== undefined)
        const shape = compiled(schemaOf(contract))
        const once = seen(shape, body, held)
        assert.deepEqual(seen(shape, once, held), once)
      }),
    )
  })

  it('give no less for more scopes', () => {
    fc.assert(
      fc.property(call, scopeSet, ({ contract, body, held }, more) => {
        const shape = compiled(schemaOf(contract))
        const wider = seen(shape, body, new Set([...held, ...more]))
        const least = seen(shape, body, held)
        assert.ok(visible(contract, body, held) === undefined || within(least, wider), 'something was lost')
      }),
    )
  })

  it('leave the body as it was', () => {
    fc.assert(
      fc.property(call, ({ contract, body, held }) => {
        const before = JSON.stringify(body)
        seen(compiled(schemaOf(contract)), body, held)
        assert.equal(JSON.stringify(body), before)
      }),
    )
  })
})

describe('any contract, closed where no rule opens it', () => {
  it('breaks no rule of publication, and lets out no more than before', () => {
    fc.assert(
      fc.property(call, ({ contract, body, held }) => {
        const shape = compiled(schemaOf(contract))
        const closed = closedSuccess(shape)
        assert.deepEqual(uncovered(closed), [])
        assert.equal(closed === shape, uncovered(shape).length === 0, 'a shape that keeps the rules is left as it is')
        const less = seen(closed, body, held)
        // A root of which nothing is seen is told as null.
        if (less !== null && visible(contract, body, held) !== undefined)
          assert.ok(within(less, seen(shape, body, held)))
        assert.doesNotMatch(JSON.stringify(seen(closed, body, new Set())), /:(?:"|\d|true|false)/)
      }),
    )
  })
})

describe('any body against any contract', () => {
  it('is projected or told as a misfit, and never tells a value', () => {
    fc.assert(
      fc.property(contracts, fc.jsonValue(), scopeSet, (contract, body, held) => {
        const outcome = project(compiled(schemaOf(contract)), jsonOf(body), held)
        assert.ok('body' in outcome || outcome.misfit !== '')
      }),
    )
  })
})

function compiled(schema: JsonObject): Shape {
  const compiler = shapeCompiler({})
  const shape = compiler.shape({ schema, at: [] })
  assert.deepEqual(compiler.obstacles, [])
  return shape
}

function seen(shape: Shape, body: Json, held: ReadonlySet<string>): Json {
  const outcome = project(shape, body, held)
  if ('misfit' in outcome) assert.fail(outcome.misfit)
  return outcome.body
}

/** Each key of the smaller is in the larger, lists keeping their order. */
function within(small: Json, large: Json): boolean {
  if (Array.isArray(small)) {
    if (!Array.isArray(large)) return false
    let from = 0
    return small.every((item) => {
      const found = large.findIndex((other, index) => index >= from && within(item, other))
      from = found + 1
      return found >= 0
    })
  }
  if (typeof small !== 'object' || small === null) return small === large
  if (typeof large !== 'object' || large === null || Array.isArray(large)) return false
  const other = new Map(Object.entries(large))
  return Object.entries(small).every(([key, value]) => other.has(key) && within(value, other.get(key) ?? null))
}

const jsonOf = (value: unknown): Json => JSON.parse(JSON.stringify(value))
