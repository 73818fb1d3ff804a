import { characters, isBlank, isDigit, isEscapable, isHex } from './characters.js'
import { fieldPlace, isTooDeep, itemsPlace, type Place, type Places, withinPlace } from './places.js'
import { kinds } from './shape.js'
import type { FieldView, View } from './view.js'

/**
 * The JSON text (RFC 8259) that is being cut, one at a time: in a place that never moves, a look at a byte costs half. Zeros behind it end
 * whatever is being read. What leaves is copied from the body itself, so that nothing of a text before could.
 */
const text = new Uint8Array(2_097_152 + 8)
const words = new DataView(text.buffer)
const out = Buffer.from(text.buffer)

/** Of a body that can be cut. */
export const textBytesMax = text.length - 8

const nothing: Buffer = Buffer.alloc(0)
let body = nothing
/** Visible bytes copied so far: to where the text has been read already. */
let used = 0
/** Where the stretch begins that is visible and not copied yet; -1: there is none. */
let from = -1
let depth = 0
/** Places where something was let out; null: nobody asks. */
let met: Place[] | null = null

/** What a view shows of a body, each character a byte; null: not for this way. Places where something was let out are added to `places`. */
export function cutText(bytes: Buffer, view: View, places: Places | null): string | null {
  text.set(bytes)
  words.setInt32(bytes.length, 0)
  words.setInt32(bytes.length + 4, 0)
  body = bytes
  used = 0
  depth = 0
  met = places === null ? null : places.met
  const start = blanksEnd(0)
  from = start
  const end = seenEnd(view, start, places === null ? null : places.root)
  body = nothing
  if (end < 0 || blanksEnd(end) !== bytes.length) return null
  if (used === 0) return bytes.toString('latin1', from, end)
  used += bytes.copy(out, used, from, end)
  return out.toString('latin1', 0, used)
}

// Each of these takes where to begin and gives where it ended; -1: it is not that, or not for this way.

function seenEnd(view: View, at: number, place: Place | null): number {
  if (view.whole) return wholeEnd(at, place)
  const { accepts } = view
  const first = byteAt(at)
  if (first === openBrace) return (accepts & object) === 0 ? -1 : seenObjectEnd(view, at, place)
  if (first === openBracket) return (accepts & array) === 0 ? -1 : seenListEnd(view, at, place)
  if (place !== null) meet(place)
  if (first === quote) return (accepts & string) === 0 ? -1 : stringEnd(at)
  if (first === firstOfNull) return wordEnd(at)
  if (first === firstOfTrue || first === firstOfFalse) return (accepts & boolean) === 0 ? -1 : wordEnd(at)
  return (accepts & number) === 0 ? -1 : plainNumberEnd(at, view.integer)
}

const { string, number, boolean, object, array } = kinds

function meet(place: Place): void {
  if (place.met) return
  place.met = true
  met?.push(place)
}

/** Whatever stands there: the contract names nothing within. */
function wholeEnd(at: number, place: Place | null): number {
  if (place !== null) meet(isEmptyAt(at) ? place : withinPlace(place, byteAt(at) === openBrace))
  return valueEnd(at)
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
  const end = valueEnd(at)
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
  let next = blanksEnd(at + 1)
  if (byteAt(next) !== closeBrace) {
    for (;;) {
      const index = fieldAt(fields, likely, next)
      // Looked up at -1 as well, this place would cost a quarter of all.
      const field = index < 0 ? undefined : fields[index]
      if (field === undefined) {
        copyTo(kept)
        next = hiddenEnd(next)
      } else {
        const bit = 1 << index
        if ((seen & bit) !== 0) return -1
        const value = valueAfter(next + field.literal.length)
        if (value < 0) return -1
        if (from < 0) comeBack(next, seen)
        seen |= bit
        likely = index + 1
        next = seenEnd(field.view, value, place === null ? null : fieldPlace(place, index, field.name))
        kept = next
      }
      if (next < 0) return -1
      next = blanksEnd(next)
      if (byteAt(next) !== comma) break
      next = blanksEnd(next + 1)
    }
    if (byteAt(next) !== closeBrace) return -1
  }
  if ((seen & view.required) !== view.required) return -1
  if (seen === 0 && place !== null) meet(place)
  if (from < 0) from = next
  depth -= 1
  return next + 1
}

/** A visible field after hidden ones: its own comma went with them. */
function comeBack(at: number, seenBefore: number): void {
  if (seenBefore !== 0) text[used++] = comma
  from = at
}

function copyTo(end: number): void {
  if (from < 0) return
  used += body.copy(out, used, from, end)
  from = -1
}

/** Which field a name is, -1 for none of them; they mostly come in the contract's order. */
function fieldAt(fields: readonly FieldView[], likely: number, at: number): number {
  if (likely < fields.length && isNamed(fields[likely], at)) return likely
  for (let index = 0; index < fields.length; index += 1) if (isNamed(fields[index], at)) return index
  return -1
}

function isNamed(field: FieldView | undefined, at: number): boolean {
  if (field === undefined) return false
  const { words: expected, rest, restMask } = field.literal
  const { length } = expected
  let next = at
  for (let index = 0; index < length; index += 1) {
    if (words.getInt32(next, true) !== expected[index]) return false
    next += 4
  }
  return (words.getInt32(next, true) & restMask) === rest
}

/** A field that is not visible; its name must be written without escapes, since it may be another one. */
function hiddenEnd(at: number): number {
  const name = byteAt(at) === quote ? plainStringEnd(at) : -1
  const value = name < 0 ? -1 : valueAfter(name)
  return value < 0 ? -1 : valueEnd(value)
}

/** Whole numbers up to this many characters are exact. */
const safeDigits = 15

/** Digits, and a fraction where one may stand: exponents, minus zero and what no double holds exactly are left to `project`. */
function plainNumberEnd(at: number, integer: boolean): number {
  const end = decimalEnd(at, integer)
  if (end < 0 || end - at > safeDigits || (byteAt(end) | 0x20) === exponent) return -1
  return byteAt(at) === minus && byteAt(at + 1) === zero ? -1 : end
}

function valueEnd(at: number): number {
  const first = byteAt(at)
  if (first === quote) return stringEnd(at)
  if (first === openBrace || first === openBracket) return innerEnd(at, first === openBrace)
  if (first === firstOfNull || first === firstOfTrue || first === firstOfFalse) return wordEnd(at)
  return numberEnd(at)
}

/** An object or a list: names are what an object's values have before them. */
function innerEnd(at: number, named: boolean): number {
  depth += 1
  if (depth > depthMax) return -1
  const close = named ? closeBrace : closeBracket
  let next = blanksEnd(at + 1)
  if (byteAt(next) !== close) {
    for (;;) {
      if (named) next = nameEnd(next)
      if (next >= 0) next = valueEnd(next)
      if (next < 0) return -1
      next = blanksEnd(next)
      if (byteAt(next) === close) break
      if (byteAt(next) !== comma) return -1
      next = blanksEnd(next + 1)
    }
  }
  depth -= 1
  return next + 1
}

function nameEnd(at: number): number {
  const end = byteAt(at) === quote ? stringEnd(at) : -1
  return end < 0 ? -1 : valueAfter(end)
}

/** From behind a name to its value. */
function valueAfter(nameEnd: number): number {
  const mark = blanksEnd(nameEnd)
  return byteAt(mark) === colon ? blanksEnd(mark + 1) : -1
}

/** From the opening quote to behind the closing one. */
function stringEnd(at: number): number {
  let end = plainEnd(at + 1)
  while (byteAt(end) === backslash) {
    end = escapeEnd(end + 1)
    if (end < 0) return -1
    end = plainEnd(end)
  }
  return byteAt(end) === quote ? end + 1 : -1
}

function plainStringEnd(at: number): number {
  const end = plainEnd(at + 1)
  return byteAt(end) === quote ? end + 1 : -1
}

/** At what may not stand in a string, ends it, or begins an escape. */
function plainEnd(at: number): number {
  let end = at
  while (special[byteAt(end)] === 0) end += 1
  return end
}

/** Behind an escape whose backslash has passed. */
function escapeEnd(at: number): number {
  const byte = byteAt(at)
  if (byte !== letterU) return isEscapable(byte) ? at + 1 : -1
  for (let digit = at + 1; digit <= at + 4; digit += 1) if (!isHex(byteAt(digit))) return -1
  return at + 5
}

/** `null`, `true` and `false`. */
function wordEnd(at: number): number {
  const word = words.getInt32(at, true)
  if (word === wordNull || word === wordTrue) return at + 4
  return word === wordFals && byteAt(at + 4) === exponent ? at + 5 : -1
}

function numberEnd(at: number): number {
  const end = decimalEnd(at, false)
  if (end < 0 || (byteAt(end) | 0x20) !== exponent) return end
  const sign = byteAt(end + 1)
  return digitsEnd(sign === plus || sign === minus ? end + 2 : end + 1)
}

/** A number up to its exponent; `whole`: without a fraction. */
function decimalEnd(at: number, whole: boolean): number {
  const start = byteAt(at) === minus ? at + 1 : at
  const end = byteAt(start) === zero ? start + 1 : digitsEnd(start)
  if (end < 0 || byteAt(end) !== point) return end
  return whole ? -1 : digitsEnd(end + 1)
}

function digitsEnd(at: number): number {
  let end = at
  while (isDigit(byteAt(end))) end += 1
  return end === at ? -1 : end
}

function blanksEnd(at: number): number {
  let end = at
  while (byteAt(end) <= space && isBlank(byteAt(end))) end += 1
  return end
}

const byteAt = (at: number): number => text[at] ?? 0

const depthMax = 100
const { space, quote, plus, comma, minus, point, zero, colon, backslash, exponent, letterU } = characters
const { openBracket, closeBracket, openBrace, closeBrace, firstOfFalse, firstOfNull, firstOfTrue } = characters
const special = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < space || byte === quote || byte === backslash),
)
const wordNull = Buffer.from('null').readInt32LE()
const wordTrue = Buffer.from('true').readInt32LE()
const wordFals = Buffer.from('fals').readInt32LE()
