import type { Json, JsonObject } from '../json.js'
import { isRecord } from '../reading/keywords.js'
import { belongs } from './population.js'
import { holds } from './scope-rule.js'
import { type ArrayShape, kinds, type ObjectShape, type Shape } from './shape.js'

/** What a caller may see, or the place in the contract that the body breaks; no value of the body is told. */
export type Projected = { readonly body: Json } | { readonly misfit: string }

/** The part of a body that these scopes let out. Pure; what the contract does not name stays behind. */
export function project(shape: Shape, body: Json, scopes: ReadonlySet<string>): Projected {
  try {
    const seen = see(shape, body, { scopes, depth: 0 })
    return { body: seen === hidden ? emptied(body) : seen }
  } catch (error) {
    if (error instanceof Misfit) return { misfit: error.message }
    throw error
  }
}

const hidden = Symbol('hidden')
type Seen = Json | typeof hidden

interface Looking {
  readonly scopes: ReadonlySet<string>
  depth: number
}

const depthMax = 200

class Misfit extends Error {
  constructor(shape: Shape, reason: string) {
    super(`${reason} (#/${shape.at.join('/')})`)
  }
}

function see(shape: Shape, value: Json, looking: Looking): Seen {
  if (!holds(shape.rule, looking.scopes)) return hidden
  if (value === null || shape.whole) return value
  if (!fits(shape, value)) throw new Misfit(shape, 'a value of another type')
  if (shape.branches !== null) return seeBranch(shape, value, looking)
  if (typeof value !== 'object') return value
  if (looking.depth >= depthMax) throw new Misfit(shape, 'nested too deeply')
  looking.depth += 1
  const seen = isList(value) ? seeItems(shape.array, value, looking) : seeFields(shape, value, looking)
  looking.depth -= 1
  return seen
}

function seeFields(shape: Shape, value: JsonObject, looking: Looking): JsonObject {
  const { properties, required, rest } = shape.object ?? noObject
  const { scopes } = looking
  for (const name of required) {
    const property = properties.get(name)
    if (Object.hasOwn(value, name) || property === undefined) continue
    if (holds(property.rule, scopes) && holds(property.shape.rule, scopes))
      throw new Misfit(shape, `"${name}" is missing`)
  }
  const out: Record<string, Json> = {}
  for (const name of Object.keys(value)) {
    const property = properties.get(name)
    const inner = property?.shape ?? rest
    if (inner === null || (property !== undefined && !holds(property.rule, scopes))) continue
    const seen = see(inner, value[name] ?? null, looking)
    if (seen === hidden) continue
    // A plain assignment to this name would set the prototype instead.
    if (name === '__proto__') Object.defineProperty(out, name, { value: seen, enumerable: true, configurable: true })
    else out[name] = seen
  }
  return out
}

function seeItems(shape: ArrayShape | null, list: readonly Json[], looking: Looking): Json[] {
  const out: Json[] = []
  if (shape === null) return out
  const { items, populations } = shape
  for (const item of list) {
    if (populations !== null && !belongs(populations, item, looking.scopes)) continue
    const seen = see(items, item, looking)
    if (seen !== hidden) out.push(seen)
  }
  return out
}

function seeBranch(shape: Shape, value: Exclude<Json, null>, looking: Looking): Seen {
  const { alternatives, discriminator } = shape.branches ?? { alternatives: [], discriminator: null }
  if (discriminator !== null && isObject(value)) {
    const { property, table } = discriminator
    const named = Object.hasOwn(value, property) ? table.get(value[property]) : undefined
    if (named === undefined) throw new Misfit(shape, `"${property}" names none of the alternatives`)
    return see(named, value, looking)
  }
  const fitting = alternatives.filter((alternative) => fits(alternative, value))
  const [first] = fitting
  if (first === undefined) throw new Misfit(shape, 'a value that fits no alternative')
  // Where a scalar fits several alternatives nothing tells them apart: the strictest speaks.
  return fitting.every(({ rule }) => holds(rule, looking.scopes)) ? see(first, value, looking) : hidden
}

const fits = ({ accepts, integer }: Shape, value: Exclude<Json, null>): boolean =>
  (accepts & kindOf(value)) !== 0 && !(integer && typeof value === 'number' && !Number.isInteger(value))

function kindOf(value: Exclude<Json, null>): number {
  if (Array.isArray(value)) return kinds.array
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? kinds[type] : kinds.object
}

const emptied = (body: Json): Json => (Array.isArray(body) ? [] : isObject(body) ? {} : null)
const isObject = (value: Json): value is JsonObject => isRecord(value)
const noObject: ObjectShape = { properties: new Map(), required: [], rest: null }
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
