import type { Path } from '../reading/source.js'
import type { Population } from './population.js'
import type { ScopeRule } from './scope-rule.js'

/** Kinds of JSON values, as bits; `null` tells nothing and passes everywhere. */
export const kinds = { string: 1, number: 2, boolean: 4, object: 8, array: 16 } as const
export const everyKind = 31

/** What may leave of one value: compiled from its schema, an allow-list. */
export interface Shape {
  /** Where its schema stands in the document. */
  readonly at: Path
  /** Who may see the value at all. */
  readonly rule: ScopeRule
  /** The kinds that fit the contract. */
  readonly accepts: number
  /** Whole numbers only. */
  readonly integer: boolean
  /** `additionalProperties: true`: whatever JSON stands there passes as it is. */
  readonly whole: boolean
  readonly object: ObjectShape | null
  readonly array: ArrayShape | null
  /** `oneOf` and `anyOf`: the shape that the value's kind or its discriminator names takes over. */
  readonly branches: Branches | null
}

export interface ObjectShape {
  readonly properties: ReadonlyMap<string, Property>
  readonly required: readonly string[]
  /** What `additionalProperties` declares; null: a field that is not named does not leave. */
  readonly rest: Shape | null
}

export interface Property {
  /** What stands above the property within an `allOf`. */
  readonly rule: ScopeRule
  readonly shape: Shape
}

export interface ArrayShape {
  readonly items: Shape
  /** Null: every item. */
  readonly populations: readonly Population[] | null
}

export interface Branches {
  readonly alternatives: readonly Shape[]
  readonly discriminator: { readonly property: string; readonly table: ReadonlyMap<unknown, Shape> } | null
}
