/** Where a JSON value of these bytes ends (RFC 8259); -1 when it is none, or nested deeper than is of use. Blanks are not skipped. */
export function valueEnd(bytes: Uint8Array, at: number, depth = 0): number {
  const first = bytes[at]
  if (first === quote) return stringEnd(bytes, at)
  if (first === openBrace || first === openBracket) return depth >= depthMax ? -1 : listEnd(bytes, at, depth + 1)
  if (first === 0x74) return wordEnd(bytes, at, 'true')
  if (first === 0x66) return wordEnd(bytes, at, 'false')
  if (first === 0x6e) return wordEnd(bytes, at, 'null')
  return numberEnd(bytes, at)
}

export const quote = 0x22
export const openBrace = 0x7b
export const closeBrace = 0x7d
export const openBracket = 0x5b
export const closeBracket = 0x5d
export const comma = 0x2c
export const colon = 0x3a
export const depthMax = 100
const backslash = 0x5c

export function skipBlanks(bytes: Uint8Array, at: number): number {
  const { length } = bytes
  for (let end = at; end < length; end += 1) {
    const byte = bytes[end] ?? 0
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return end
  }
  return length
}

/** From the opening quote to behind the closing one. */
export function stringEnd(bytes: Uint8Array, at: number): number {
  const { length } = bytes
  for (let end = at + 1; end < length; end += 1) {
    const byte = bytes[end] ?? 0
    // Nearly all bytes are letters and digits: one comparison for each of them.
    if (byte > quote && byte !== backslash) continue
    if (byte === quote) return end + 1
    if (byte < 0x20) return -1
    if (byte !== backslash) continue
    end = escapeEnd(bytes, end + 1)
    if (end < 0) return -1
  }
  return -1
}

/** The last byte of an escape whose backslash has passed. */
function escapeEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  if (byte !== 0x75) return escapable.includes(byte) ? at : -1
  for (let digit = at + 1; digit <= at + 4; digit += 1) if (!isHex(bytes[digit] ?? 0)) return -1
  return at + 4
}

const escapable: readonly number[] = [...Buffer.from('"\\/bfnrt')]
const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x61 && byte <= 0x66) || (byte >= 0x41 && byte <= 0x46)
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

function wordEnd(bytes: Uint8Array, at: number, word: string): number {
  for (let index = 0; index < word.length; index += 1) if (bytes[at + index] !== word.charCodeAt(index)) return -1
  return at + word.length
}

function numberEnd(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === 0x2d ? at + 1 : at
  let end = bytes[start] === 0x30 ? start + 1 : digitsEnd(bytes, start)
  if (end < 0) return -1
  if (bytes[end] === 0x2e) end = digitsEnd(bytes, end + 1)
  if (end < 0) return -1
  if (bytes[end] !== 0x65 && bytes[end] !== 0x45) return end
  const sign = bytes[end + 1]
  return digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? end + 2 : end + 1)
}

/** -1: not one digit. */
function digitsEnd(bytes: Uint8Array, at: number): number {
  let end = at
  while (isDigit(bytes[end] ?? 0)) end += 1
  return end === at ? -1 : end
}

/** An object or a list: names are what an object's values have before them. */
function listEnd(bytes: Uint8Array, at: number, depth: number): number {
  const named = bytes[at] === openBrace
  const close = named ? closeBrace : closeBracket
  let next = skipBlanks(bytes, at + 1)
  if (bytes[next] === close) return next + 1
  for (;;) {
    if (named) next = nameEnd(bytes, next)
    if (next >= 0) next = valueEnd(bytes, next, depth)
    if (next < 0) return -1
    next = skipBlanks(bytes, next)
    if (bytes[next] === close) return next + 1
    if (bytes[next] !== comma) return -1
    next = skipBlanks(bytes, next + 1)
  }
}

/** From a name's opening quote to the value that it names. */
export function nameEnd(bytes: Uint8Array, at: number): number {
  return valueAfter(bytes, bytes[at] === quote ? stringEnd(bytes, at) : -1)
}

/** From behind a name to its value; -1 stays. */
export function valueAfter(bytes: Uint8Array, nameEnd: number): number {
  if (nameEnd < 0) return -1
  const mark = skipBlanks(bytes, nameEnd)
  return bytes[mark] === colon ? skipBlanks(bytes, mark + 1) : -1
}
