import { type Literal, literal } from './literal.js'
import { holds } from './scope-rule.js'
import { kinds, type Shape } from './shape.js'

/** A shape as certain scopes see it, with every question answered that needs no look at a body. */
export interface View {
  readonly accepts: number
  readonly integer: boolean
  readonly whole: boolean
  /** The visible properties, in the contract's order. */
  readonly fields: readonly FieldView[]
  /** One bit for each field that must be there. */
  readonly required: number
  /** Null: no item is visible. */
  readonly items: View | null
}

export interface FieldView {
  readonly name: string
  /** The name as it stands in a text. */
  readonly literal: Literal
  readonly view: View
}

/**
 * Null where only a look at the whole body could tell what is visible: alternatives, populations, named `additionalProperties`, a root that is hidden,
 * more fields than a number has bits, a name that JSON cannot write as it is.
 */
export function viewOf(shape: Shape, scopes: ReadonlySet<string>): View | null {
  const known = new Map<Shape, View>()
  return holds(shape.rule, scopes) && see(shape, { scopes, known }) ? (known.get(shape) ?? null) : null
}

interface Seeing {
  readonly scopes: ReadonlySet<string>
  readonly known: Map<Shape, View>
}

type Draft = { -readonly [key in keyof View]: View[key] }

const fieldsMax = 30

/** False: it cannot be told. A shape that contains itself is met again in `known`. */
function see(shape: Shape, seeing: Seeing): boolean {
  if (seeing.known.has(shape)) return true
  const { accepts, integer, whole, array } = shape
  const draft: Draft = { accepts, integer, whole, fields: [], required: 0, items: null }
  seeing.known.set(shape, draft)
  if (whole) return true
  if (shape.branches !== null || (shape.object?.rest ?? null) !== null || (array?.populations ?? null) !== null)
    return false
  if ((accepts & kinds.object) !== 0 && !seeFields(shape, draft, seeing)) return false
  if (array === null || !holds(array.items.rule, seeing.scopes)) return true
  if (!see(array.items, seeing)) return false
  draft.items = seeing.known.get(array.items) ?? null
  return true
}

function seeFields({ object }: Shape, draft: Draft, seeing: Seeing): boolean {
  const fields: FieldView[] = []
  for (const [name, { rule, shape }] of object?.properties ?? []) {
    if (!holds(rule, seeing.scopes) || !holds(shape.rule, seeing.scopes)) continue
    if (!see(shape, seeing)) return false
    const view = seeing.known.get(shape)
    if (view === undefined || fields.length === fieldsMax || JSON.stringify(name) !== `"${name}"`) return false
    if (object?.required.includes(name)) draft.required |= 1 << fields.length
    fields.push({ name, literal: literal(name), view })
  }
  draft.fields = fields
  return true
}
