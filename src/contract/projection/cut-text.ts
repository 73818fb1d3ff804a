import { characters } from './characters.js'
import {
  blanksEnd,
  byteAt,
  depthMax,
  isLiteral,
  layOut,
  memberEnd,
  plainNumberEnd,
  stringEnd,
  valueAfter,
  valueEnd,
  wordEnd,
} from './json-text.js'
import { leavesOf } from './leaves.js'
import { fieldPlace, isTooDeep, itemsPlace, type Place, type Places, withinPlace } from './places.js'
import { kinds } from './shape.js'
import type { FieldView, View } from './view.js'

/** The text that is being cut, each byte a character: what leaves is taken from here, so that nothing of a text before could. */
let told = ''
/** What is visible of what was read. */
let visible = ''
/** Where the stretch begins that is visible and not taken yet; -1: there is none. */
let from = -1
let depth = 0
/** Places where something was let out; null: nobody asks. */
let met: Place[] | null = null

/** What a view shows of a body, each character a byte; null: not for this way. Places where something was let out are added to `places`. */
export function cutText(bytes: Buffer, view: View, places: Places | null): string | null {
  layOut(bytes)
  told = bytes.toString('latin1')
  visible = ''
  depth = 0
  met = places === null ? null : places.met
  const start = blanksEnd(0)
  from = start
  const end = seenEnd(view, start, places === null ? null : places.root)
  const seen = visible + told.slice(from, end)
  told = ''
  visible = ''
  return end < 0 || blanksEnd(end) !== bytes.length ? null : seen
}

// Each of these takes where to begin and gives where it ended; -1: it is not that, or not for this way.

function seenEnd(view: View, at: number, place: Place | null): number {
  if (view.whole) return wholeEnd(at, place)
  const { accepts } = view
  const first = byteAt(at)
  if (first === openBrace || first === openBracket) return seenInnerEnd(view, at, place)
  if (place !== null) meet(place)
  if (first === quote) return (accepts & string) === 0 ? -1 : stringEnd(at)
  if (first === firstOfNull) return wordEnd(at)
  if (first === firstOfTrue || first === firstOfFalse) return (accepts & boolean) === 0 ? -1 : wordEnd(at)
  return (accepts & number) === 0 ? -1 : plainNumberEnd(at, view.integer)
}

function seenInnerEnd(view: View, at: number, place: Place | null): number {
  const leapt = view.leap === null ? -1 : leapEnd(view, at, place)
  if (leapt >= 0) return leapt
  if (byteAt(at) === openBrace) return (view.accepts & object) === 0 ? -1 : seenObjectEnd(view, at, place)
  return (view.accepts & array) === 0 ? -1 : seenListEnd(view, at, place)
}

const { string, number, boolean, object, array } = kinds

function meet(place: Place): void {
  if (place.met) return
  place.met = true
  met?.push(place)
}

/** Of a value that may have the form that its pattern has. */
function leapEnd(view: View, at: number, place: Place | null): number {
  const { leap, pattern } = view
  if (leap === null || pattern === null || told.length > leapBytesMax || depth + pattern.levels > depthMax) return -1
  if (place !== null) place.leaves ??= leavesOf(view, place)
  if (place?.leaves?.length === 0) return -1
  const shown = leap.over(told, at)
  if (shown === null) return -1
  for (const leaf of place?.leaves ?? noPlaces) meet(leaf)
  const { end } = leap
  if (shown.length > 0) take(shown, at, end)
  return end
}

const noPlaces: readonly Place[] = []

/** The visible stretches of a value, behind its whole match. */
function take(shown: readonly string[], at: number, end: number): void {
  copyTo(at)
  for (let index = 1; index < shown.length; index += 1) visible += shown[index]
  from = end
}

/** Of a body: what a regular expression keeps in mind grows with it. */
const leapBytesMax = 65_536

/** Whatever stands there: the contract names nothing within. */
function wholeEnd(at: number, place: Place | null): number {
  if (place !== null) meet(isEmptyAt(at) ? place : withinPlace(place, byteAt(at) === openBrace))
  return valueEnd(at, depth)
}

/** A scalar, or nothing between the brackets. */
function isEmptyAt(at: number): boolean {
  const first = byteAt(at)
  if (first !== openBrace && first !== openBracket) return true
  return byteAt(blanksEnd(at + 1)) === (first === openBrace ? closeBrace : closeBracket)
}

function seenListEnd({ items }: View, at: number, place: Place | null): number {
  if (items === null) return emptiedEnd(at, place)
  depth += 1
  if (depth > depthMax) return -1
  let next = blanksEnd(at + 1)
  if (byteAt(next) === closeBracket) {
    if (place !== null) meet(place)
  } else {
    const inner = place === null ? null : itemsPlace(place)
    for (;;) {
      next = seenEnd(items, next, inner)
      if (next < 0) return -1
      next = blanksEnd(next)
      if (byteAt(next) === closeBracket) break
      if (byteAt(next) !== comma) return -1
      next = blanksEnd(next + 1)
    }
  }
  depth -= 1
  return next + 1
}

/** A list none of whose items is visible. */
function emptiedEnd(at: number, place: Place | null): number {
  const end = valueEnd(at, depth)
  if (end < 0) return -1
  if (place !== null) meet(place)
  copyTo(at + 1)
  from = end - 1
  return end
}

function seenObjectEnd(view: View, at: number, place: Place | null): number {
  depth += 1
  if (depth > depthMax || (place !== null && isTooDeep(place))) return -1
  const { fields } = view
  let seen = 0
  let likely = 0
  /** Behind the opening brace, or the last visible value. */
  let kept = at + 1
  /** Where what is visible goes on after hidden fields: one comma went with each of them. */
  let back = at + 1
  let next = blanksEnd(at + 1)
  if (byteAt(next) !== closeBrace) {
    for (;;) {
      const index = fieldAt(fields, likely, next)
      // Looked up at -1 as well, this place would cost a quarter of all.
      const field = index < 0 ? undefined : fields[index]
      if (field === undefined) {
        copyTo(kept)
        next = memberEnd(next, depth)
        if (seen !== 0) back = next
      } else {
        const bit = 1 << index
        if ((seen & bit) !== 0) return -1
        const value = valueAfter(next + field.literal.length)
        if (value < 0) return -1
        if (from < 0) from = back
        seen |= bit
        likely = index + 1
        next = seenEnd(field.view, value, place === null ? null : fieldPlace(place, index, field.name))
        kept = next
      }
      if (next < 0) return -1
      next = blanksEnd(next)
      if (byteAt(next) !== comma) break
      if (seen === 0) back = next + 1
      next = blanksEnd(next + 1)
    }
    if (byteAt(next) !== closeBrace) return -1
  }
  if ((seen & view.required) !== view.required) return -1
  if (seen === 0 && place !== null) meet(place)
  if (from < 0) from = seen === 0 ? next : back
  depth -= 1
  return next + 1
}

function copyTo(end: number): void {
  if (from < 0) return
  visible += told.slice(from, end)
  from = -1
}

/** Which field a name is, -1 for none of them; they mostly come in the contract's order. */
function fieldAt(fields: readonly FieldView[], likely: number, at: number): number {
  if (likely < fields.length && isNamed(fields[likely], at)) return likely
  for (let index = 0; index < fields.length; index += 1) if (isNamed(fields[index], at)) return index
  return -1
}

const isNamed = (field: FieldView | undefined, at: number): boolean =>
  field !== undefined && isLiteral(field.literal, at)

const { quote, comma, openBracket, closeBracket, openBrace, closeBrace } = characters
const { firstOfFalse, firstOfNull, firstOfTrue } = characters
