import type { Json } from '../json.js'
import type { Pair, ValueTest } from './adapter.js'
import { type Conversion, conversionNamed, Inconvertible, type Value } from './conversion.js'
import { pointerSteps, readAt, type Writable, writeAt } from './json-pointer.js'
import { exampleOf, holds } from './value-test.js'

/** Pairs of one document, made ready once. */
export interface Mapping {
  /** Throws `Unmappable` when a value is none that its conversion takes. */
  forward(source: Json): Json
  /** The source of which `forward` makes this: what a double of the provider answers. */
  back(target: Json): Json
}

/** Which pair could not be made; no value is told. */
export class Unmappable extends Error {
  readonly from: readonly string[]
  readonly to: string

  constructor(pair: Pick<Pair, 'from' | 'to'>, reason: string) {
    super(`${pair.from.join(', ')} → ${pair.to}: ${reason}`)
    this.from = pair.from
    this.to = pair.to
  }
}

export function compileMapping(pairs: readonly Pair[]): Mapping {
  const ready = pairs.map(compilePair)
  return {
    forward(source) {
      const target: { root: Json } = { root: {} }
      for (const pair of ready) put(target, pair.to, pair.forward(source))
      return target.root
    },
    back(given) {
      const source: { root: Json } = { root: {} }
      for (const pair of ready) pair.back(given, source)
      return source.root
    },
  }
}

interface ReadyPair {
  readonly to: readonly string[]
  forward(source: Json): Value
  back(given: Json, source: { root: Json }): void
}

function compilePair(pair: Pair): ReadyPair {
  const to = pointerSteps(pair.to) ?? []
  const from = pair.from.map((pointer) => pointerSteps(pointer) ?? [])
  const convert = conversionOf(pair)
  const inner = innerOf(pair)
  return {
    to,
    forward(source) {
      if (pair.value !== undefined) return pair.value
      const given = pair.list ? from.map((steps) => readAt(source, steps) ?? null) : readAt(source, from[0] ?? [])
      if (pair.required && (given === undefined || given === null)) throw new Unmappable(pair, 'nothing stands there')
      return guarded(pair, () => inner.forward(convert.forward(given)))
    },
    back(given, source) {
      if (pair.value !== undefined) return
      const value = guarded(pair, () => convert.back(inner.back(readAt(given, to))))
      for (const [index, steps] of from.entries()) {
        const own = pair.list ? readAt(value, [String(index)]) : value
        put(source, steps, joined(pair, readAt(source.root, steps), own))
      }
    },
  }
}

function put(target: { root: Json }, steps: readonly string[], value: Value): void {
  if (value === undefined) return
  if (steps.length === 0) target.root = value
  else writeAt(target.root as Writable, steps, value)
}

/** Several pairs may take their items of one list of the provider. */
function joined({ where }: Pair, before: Value, value: Value): Value {
  return where !== null && Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}

function conversionOf({ convert }: Pair): Conversion {
  const steps = convert.flatMap(({ name, argument }) => conversionNamed(name)?.make(argument) ?? [])
  return {
    forward: (value) => steps.reduce((current, step) => step.forward(current), value),
    back: (value) => steps.reduceRight((current, step) => step.back(current), value),
  }
}

/** What is done with the items of a list, or with an object. */
function innerOf(pair: Pair): Conversion {
  const { each, map, where } = pair
  if (map !== null) {
    const inner = compileMapping(map)
    const through = (convert: (value: Json) => Json) => (value: Value) => {
      if (value === undefined || value === null) return value
      if (typeof value !== 'object' || Array.isArray(value)) throw new Unmappable(pair, 'not an object')
      return convert(value)
    }
    return { forward: through(inner.forward), back: through(inner.back) }
  }
  if (each === null) return plain
  const inner = compileMapping(each)
  const items = (convert: (items: readonly Json[]) => Json) => (value: Value) => {
    if (value === undefined || value === null) return value
    if (!Array.isArray(value)) throw new Unmappable(pair, 'not a list')
    return convert(value)
  }
  return {
    forward: items((list) => list.filter((item) => where === null || holds(where, item)).map(inner.forward)),
    back: items((list) => list.map((item) => marked(inner.back(item), where))),
  }
}

const plain: Conversion = { forward: (value) => value, back: (value) => value }

/** So that the test holds in it: a double says what is taken for what it means. */
export function marked(item: Json, where: ValueTest | null): Json {
  if (where === null) return item
  const own: { root: Json } = { root: item }
  put(own, pointerSteps(where.at) ?? [], exampleOf(where))
  return own.root
}

function guarded<T>(pair: Pair, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Inconvertible) throw new Unmappable(pair, error.message)
    throw error
  }
}
