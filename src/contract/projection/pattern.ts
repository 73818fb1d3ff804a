import { kinds, type Shape } from './shape.js'

/**
 * What the text of a value looks like that has the form of nearly all: each visible field there, in the contract's order, no list empty, no number that
 * `plainNumberEnd` would leave. What was taken of a text and is given back fits nothing else: one that does not fit is given up in time that
 * grows with its length alone.
 */
export interface Pattern {
  /**
   * Of a regular expression over the bytes, each a character, with `gap` for blanks. Put in parentheses, its groups are what is visible: what is hidden
   * stands between two.
   */
  readonly source: string
  readonly hides: boolean
  /** Objects and lists in each other, itself included. */
  readonly levels: number
}

/** Where blanks may stand; no byte is told as this character. */
export const gap = '\u2423'

/** A field that the contract has. */
export interface Member {
  readonly name: string
  readonly shape: Shape
  /** False: it is hidden. */
  readonly visible: boolean
  /** Null: its value has more forms than a pattern. */
  readonly pattern: Pattern | null
}

const plainText = '[^"\\\\\\x00-\\x1f]*'
const text = `"${plainText}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${plainText})*"`
const wholeNumber = '0|-?[1-9][0-9]{0,13}'
const shortNumber = '(?:0|-?[1-9][0-9]{0,6})(?:\\.[0-9]{1,6})?|-?[1-9][0-9]{7,13}'
const anyNumber = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?'

export function scalarPattern(accepts: number, integer: boolean): Pattern {
  const forms = ['null']
  if ((accepts & kinds.string) !== 0) forms.unshift(text)
  if ((accepts & kinds.number) !== 0) forms.push(integer ? wholeNumber : shortNumber)
  if ((accepts & kinds.boolean) !== 0) forms.push('true', 'false')
  return { source: `(?:${forms.join('|')})`, hides: false, levels: 0 }
}

/** Null: some field has none, or it would be too large. */
export function objectPattern(members: readonly Member[]): Pattern | null {
  let source = '\\{'
  let begun = false
  let levels = 1
  for (const { name, shape, visible, pattern } of members) {
    if ((visible && pattern === null) || JSON.stringify(name) !== `"${name}"`) return null
    const field = `"${RegExp.escape(Buffer.from(name).toString('latin1'))}"${gap}:${gap}${pattern?.source ?? hiddenValue(shape)}`
    if (!visible) source += begun ? `)(?:${gap},${gap}${field})?(` : `)(?:${gap}${field}${gap},)?(`
    else source += begun ? `${gap},${gap}${field}` : `${gap}${field}`
    begun ||= visible
    levels = Math.max(levels, 1 + (pattern?.levels ?? hiddenLevelsMax))
  }
  // Never two gaps in a row: blanks could be shared out between them in too many ways.
  source = begun || members.length === 0 ? `${source}${gap}\\}` : `\\{)${anyMembers}${gap}(\\}`
  return bounded({ source, hides: members.some((member) => !member.visible || member.pattern?.hides), levels })
}

/** Null: as for an object, or what its items hide, which is not told apart by groups. */
export function listPattern({ source, hides, levels }: Pattern): Pattern | null {
  return hides
    ? null
    : bounded({ source: `\\[${gap}${source}(?:${gap},${gap}${source})*${gap}\\]`, hides, levels: levels + 1 })
}

/** A list none of whose items is visible. */
export const emptiedPattern = (items: Shape): Pattern => ({
  source: `\\[)${itemsOf(hiddenValue(items))}${gap}(\\]`,
  hides: true,
  levels: 1 + hiddenLevelsMax,
})

const bounded = (pattern: Pattern): Pattern | null => (pattern.source.length > sourceMax ? null : pattern)

/** Characters: compiling so many takes some tens of milliseconds at worst. */
const sourceMax = 4_096

/** Any JSON, as deep as that. */
function anyValue(depth: number): string {
  const scalar = `${text}|${anyNumber}|null|true|false`
  if (depth === 0) return `(?:${scalar})`
  const inner = anyValue(depth - 1)
  return `(?:${scalar}|\\{${membersOf(inner, '*')}${gap}\\}|\\[${itemsOf(inner)}${gap}\\])`
}

const membersOf = (value: string, times: '*' | '+'): string =>
  `(?:${gap}${text}${gap}:${gap}${value}(?:${gap},(?=${gap}")|(?=${gap}\\})))${times}`
const itemsOf = (value: string): string => `(?:${gap}${value}(?:${gap},(?!${gap}\\])|(?=${gap}\\])))*`

const anyScalar = anyValue(0)
const hiddenLevelsMax = 2
const anyOf = Array.from({ length: hiddenLevelsMax + 1 }, (_, depth) => anyValue(depth))
const anyMembers = membersOf(anyValue(1), '+')

const hiddenValue = (shape: Shape): string => anyOf[depthOf(shape, hiddenLevelsMax)] ?? anyScalar

/** Objects and lists in each other, up to `most`; what the contract does not describe may be as deep. */
function depthOf({ accepts, whole, object, array, branches }: Shape, most: number): number {
  if (most === 0 || (accepts & (kinds.object | kinds.array)) === 0) return 0
  if (whole || branches !== null || (object === null && array === null)) return most
  const inner = [...(object?.properties.values() ?? [])].map((property) => property.shape)
  if (array !== null) inner.push(array.items)
  return 1 + Math.max(0, ...inner.map((shape) => depthOf(shape, most - 1)))
}
