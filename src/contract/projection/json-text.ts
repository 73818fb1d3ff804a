import { characters, isBlank, isDigit, isEscapable, isHex } from './characters.js'
import type { Literal } from './literal.js'

/**
 * The JSON text (RFC 8259) that is being read, one at a time: in a place that never moves, a look at a byte costs half. Zeros behind it end
 * whatever is being read.
 */
const text = new Uint8Array(2_097_152 + 8)
const words = new DataView(text.buffer)

/** Of a text that can be read. */
export const textBytesMax = text.length - 8

export function layOut(bytes: Uint8Array): void {
  text.set(bytes)
  words.setInt32(bytes.length, 0)
  words.setInt32(bytes.length + 4, 0)
}

export const byteAt = (at: number): number => text[at] ?? 0

export function blanksEnd(at: number): number {
  let end = at
  while (byteAt(end) <= space && isBlank(byteAt(end))) end += 1
  return end
}

/** Whether that stands there. */
export function isLiteral({ words: expected, rest, restMask }: Literal, at: number): boolean {
  const { length } = expected
  let next = at
  for (let index = 0; index < length; index += 1) {
    if (words.getInt32(next, true) !== expected[index]) return false
    next += 4
  }
  return (words.getInt32(next, true) & restMask) === rest
}

// Each of these takes where to begin and gives where it ended; -1: it is not that.

/** Any value, which stands so deep in others. */
export function valueEnd(at: number, depth: number): number {
  const first = byteAt(at)
  if (first === quote) return stringEnd(at)
  if (first === openBrace || first === openBracket) return innerEnd(at, first === openBrace, depth + 1)
  if (first === firstOfNull || first === firstOfTrue || first === firstOfFalse) return wordEnd(at)
  return numberEnd(at)
}

/** An object or a list: names are what an object's values have before them. */
function innerEnd(at: number, named: boolean, depth: number): number {
  if (depth > depthMax) return -1
  const close = named ? closeBrace : closeBracket
  let next = blanksEnd(at + 1)
  if (byteAt(next) !== close) {
    for (;;) {
      if (named) next = nameEnd(next)
      if (next >= 0) next = valueEnd(next, depth)
      if (next < 0) return -1
      next = blanksEnd(next)
      if (byteAt(next) === close) break
      if (byteAt(next) !== comma) return -1
      next = blanksEnd(next + 1)
    }
  }
  return next + 1
}

function nameEnd(at: number): number {
  const end = byteAt(at) === quote ? stringEnd(at) : -1
  return end < 0 ? -1 : valueAfter(end)
}

/** A name without escapes, since they might make it another one, and its value. */
export function memberEnd(at: number, depth: number): number {
  const name = byteAt(at) === quote ? plainStringEnd(at) : -1
  const value = name < 0 ? -1 : valueAfter(name)
  return value < 0 ? -1 : valueEnd(value, depth)
}

/** From behind a name to its value. */
export function valueAfter(nameEnd: number): number {
  const mark = blanksEnd(nameEnd)
  return byteAt(mark) === colon ? blanksEnd(mark + 1) : -1
}

/** From the opening quote to behind the closing one. */
export function stringEnd(at: number): number {
  const end = plainEnd(at + 1)
  return byteAt(end) === quote ? end + 1 : escapedEnd(end)
}

/** From where the plain characters end to behind the closing quote. */
function escapedEnd(at: number): number {
  let end = at
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
export function wordEnd(at: number): number {
  const word = words.getInt32(at, true)
  if (word === wordNull || word === wordTrue) return at + 4
  return word === wordFals && byteAt(at + 4) === exponent ? at + 5 : -1
}

/** Whole numbers up to this many characters are exact. */
const safeDigits = 15

/** Digits, and a fraction where one may stand: exponents, minus zero and what no double holds exactly are left to `project`. */
export function plainNumberEnd(at: number, integer: boolean): number {
  const end = decimalEnd(at, integer)
  if (end < 0 || end - at > safeDigits || (byteAt(end) | 0x20) === exponent) return -1
  return byteAt(at) === minus && byteAt(at + 1) === zero ? -1 : end
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

/** Of values in each other. */
export const depthMax = 100
const { space, quote, plus, comma, minus, point, zero, colon, backslash, exponent, letterU } = characters
const { openBracket, closeBracket, openBrace, closeBrace, firstOfFalse, firstOfNull, firstOfTrue } = characters
const special = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte < space || byte === quote || byte === backslash),
)
const wordNull = Buffer.from('null').readInt32LE()
const wordTrue = Buffer.from('true').readInt32LE()
const wordFals = Buffer.from('fals').readInt32LE()
