import { Leap } from './leap.js'
import { type Literal, literal } from './literal.js'
import { emptiedPattern, listPattern, type Member, objectPattern, type Pattern, scalarPattern } from './pattern.js'
import { holds } from './scope-rule.js'
import { type ArrayShape, kinds, type Shape } from './shape.js'

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
  /** Null: its values have more forms than one. */
  readonly pattern: Pattern | null
  /** Over objects and lists of that form. */
  readonly leap: Leap | null
}

export interface FieldView {
  readonly name: string
  /** The name as it stands in a text. */
  readonly literal: Literal
  readonly view: View
}

/**
 * Null where only a look at the whole body could tell what is visible: alternatives, populations, named `additionalProperties`, a root that is hidden,
 * more fields than a number has bits, a name that JSON cannot write as it is. `leaps`: values of a known form may be leapt over.
 */
export function viewOf(shape: Shape, scopes: ReadonlySet<string>, leaps: boolean): View | null {
  const known = new Map<Shape, View>()
  return holds(shape.rule, scopes) && see(shape, { scopes, known, leaps }) ? (known.get(shape) ?? null) : null
}

interface Seeing {
  readonly scopes: ReadonlySet<string>
  readonly known: Map<Shape, View>
  readonly leaps: boolean
}

type Draft = { -readonly [key in keyof View]: View[key] }

const fieldsMax = 30

/** False: it cannot be told. A shape that contains itself is met again in `known`. */
function see(shape: Shape, seeing: Seeing): boolean {
  if (seeing.known.has(shape)) return true
  const { accepts, integer, whole, array } = shape
  const draft: Draft = { accepts, integer, whole, fields: [], required: 0, items: null, pattern: null, leap: null }
  seeing.known.set(shape, draft)
  if (whole || (accepts & (kinds.object | kinds.array)) === 0) draft.pattern = scalarPattern(accepts, integer)
  if (whole) return true
  if (shape.branches !== null || (shape.object?.rest ?? null) !== null || (array?.populations ?? null) !== null)
    return false
  if ((accepts & kinds.object) !== 0 && !seeFields(shape, draft, seeing)) return false
  if (array !== null && !seeItems(array, draft, seeing)) return false
  const inner = (accepts & (kinds.object | kinds.array)) !== 0
  if (inner && draft.pattern !== null && seeing.leaps) draft.leap = new Leap(draft.pattern)
  return true
}

function seeItems({ items }: ArrayShape, draft: Draft, seeing: Seeing): boolean {
  const visible = holds(items.rule, seeing.scopes)
  if (visible && !see(items, seeing)) return false
  draft.items = visible ? (seeing.known.get(items) ?? null) : null
  if (draft.accepts !== kinds.array) draft.pattern = null
  else if (!visible) draft.pattern = emptiedPattern(items)
  else draft.pattern = draft.items?.pattern ? listPattern(draft.items.pattern) : null
  return true
}

function seeFields({ object, array }: Shape, draft: Draft, seeing: Seeing): boolean {
  const fields: FieldView[] = []
  const members: Member[] = []
  for (const [name, { rule, shape }] of object?.properties ?? []) {
    const visible = holds(rule, seeing.scopes) && holds(shape.rule, seeing.scopes)
    if (visible && !see(shape, seeing)) return false
    members.push({ name, shape, visible, pattern: visible ? (seeing.known.get(shape)?.pattern ?? null) : null })
    if (!visible) continue
    const view = seeing.known.get(shape)
    if (view === undefined || fields.length === fieldsMax || JSON.stringify(name) !== `"${name}"`) return false
    if (object?.required.includes(name)) draft.required |= 1 << fields.length
    fields.push({ name, literal: literal(name), view })
  }
  draft.fields = fields
  // What may be a list as well has two forms, and may hold itself.
  if (array === null) draft.pattern = objectPattern(members)
  return true
}
